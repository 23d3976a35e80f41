import { afterEach, describe, expect, it, vi } from "vitest";
import { roundLog } from "#functions/poll/log-rounds.ts";
import { submit } from "#functions/submit/submit.ts";
import type { QueueMessage } from "#shared/contracts/queue-message.ts";
import { createLogger } from "#shared/lambda/logger.ts";
import { keepLines } from "#test/support/keep-lines.ts";
import type { WorldOptions } from "#test/support/world/make-world.ts";
import { carDocument, removal, upsert } from "#test/support/world/wishes.ts";
import { makePollWorld, minute, runNextRound } from "./poll-world.ts";

afterEach(() => vi.restoreAllMocks());

const enoughTime = { remainingMs: () => minute };

/** A world whose rounds write the lines of production; `line` is what the next round writes. */
function loggedWorld(options: WorldOptions) {
  const lines = keepLines();
  const world = makePollWorld(options);
  world.ports.logRound = roundLog(createLogger("poll", "bridge"));
  return {
    ...world,
    put: async (itemId: string, listingIds: "uuid" | "item-id" = "uuid") => {
      const wanted = { id: `${itemId}-1`, itemId, vehicleType: "car", ad: carDocument(itemId) } as const;
      await submit(world.ports, { ...upsert(world, wanted), listingIds } as QueueMessage, enoughTime);
      const ad = await world.table.load({ dealerCode: "DEMO", itemId });
      return ad?.listings[0]?.id;
    },
    remove: (itemId: string) =>
      submit(world.ports, removal(world, { id: `${itemId}-2`, itemId }), enoughTime).then(() => undefined),
    line: async () => {
      await runNextRound(world);
      return JSON.parse(lines.at(-1) ?? "");
    },
  };
}

describe("the line of a round", () => {
  it("names the oldest open submission, and the oldest removal that is not confirmed, of those due", async () => {
    const world = loggedWorld({ marketplace: { processingDelayMs: 120 * minute } });
    const oldest = await world.put("ABC123");
    world.clock.now += minute;
    const gone = await world.put("ABC124");
    world.clock.now += minute;
    await world.put("ABC125");
    const early = await world.line();
    expect(early).toMatchObject({ openDealerCode: "DEMO", openListingId: oldest, OldestOpenSubmission: 2 * minute });
    expect([early.OldestRemoval, Object.keys(early).filter((name) => name.startsWith("removal"))]).toEqual([0, []]);
    await world.remove("ABC124");
    world.clock.now += minute;
    await world.remove("ABC125");
    world.clock.now += minute;
    expect(await world.line()).toMatchObject({
      ...{ openDealerCode: "DEMO", openListingId: oldest, OldestOpenSubmission: 4 * minute },
      ...{ removalDealerCode: "DEMO", removalListingId: gone, OldestRemoval: 2 * minute },
    });
  });

  it("names a listing that its source has named by the hash", async () => {
    const world = loggedWorld({ marketplace: { processingDelayMs: 120 * minute } });
    expect(await world.put("ABC123", "item-id")).toBe("ABC123");
    await runNextRound(world);
    await world.remove("ABC123");
    const line = await world.line();
    const hash = expect.stringMatching(/^sha256:[0-9a-f]{16}$/);
    expect(line).toMatchObject({ openListingId: hash, removalListingId: hash });
    expect(JSON.stringify(line)).not.toContain("ABC123");
  });
});
