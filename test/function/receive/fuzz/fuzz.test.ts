import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawnRequests } from "./draw-requests.ts";
import { fuzzDoor } from "./fuzz-door.ts";

describe("whatever is thrown at the door", () => {
  // `npm run fuzz:receive` throws ten times as much, and more when told.
  it("is answered, never with a 5xx, and no forgery is taken", { timeout: 60_000 }, async () => {
    const door = fuzzDoor();
    await fc.assert(
      fc.asyncProperty(drawnRequests, (drawn) => door.knock(drawn)),
      { numRuns: 2_000 },
    );
    expect([...door.tally.statuses.keys()]).toEqual(expect.arrayContaining([200, 202, 400, 401, 403, 413, 415, 422]));
  });
});
