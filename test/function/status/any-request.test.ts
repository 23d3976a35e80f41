import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { apiKey } from "#test/function/receive/front-door.ts";
import { sampleAd, sampleReceipt, volvo } from "#test/support/aws/sample-ads.ts";
import { statusDoor } from "./status-door.ts";

const word = fc.oneof(
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 }),
  fc.string({ minLength: 1 }),
  fc.constantFrom("DEMO", "OTHER", "volvo-1", "__proto__", "..", "%", "%2F", "a/b", "x".repeat(300), "\u0000"),
);
const addresses = fc.oneof(
  fc.tuple(fc.constant("inventory-events"), word),
  fc.tuple(fc.constant("items"), word.map((dealer) => dealer.replaceAll("/", "")).filter(Boolean), word),
);

describe("whatever is asked for", () => {
  it("is answered without a 5xx, and never without a signature made for it", async () => {
    const door = statusDoor();
    await door.table.save(sampleAd(volvo), null);
    await door.table.writeReceipt(volvo, sampleReceipt({ source: "keyed" }));
    await fc.assert(
      fc.asyncProperty(addresses, addresses, async (address, signedFor) => {
        const path = `/sources/keyed/${address.map(encodeURIComponent).join("/")}`;
        const signs = `GET /sources/keyed/${signedFor.join("/")}`;
        const key = { "x-api-key": apiKey };
        const { status } = await door.get(path, { headers: key });
        expect([200, 403, 404, 429]).toContain(status);
        const other = await door.get(path.replace("keyed", "dms"), { signs: signs.replace("keyed", "dms") });
        const isSame = address.join("/") === signedFor.join("/");
        expect(isSame ? [200, 403, 404, 429] : [401]).toContain(other.status);
      }),
      { numRuns: 300 },
    );
  });
});
