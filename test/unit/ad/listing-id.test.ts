import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { listingIdOf } from "#shared/ad/listing-id.ts";

const anyCodePoint = fc.nat({ max: 0x10ffff }).map((code) => String.fromCodePoint(code));
const item = { dealerCode: "DEMO", itemId: "volvo-1" };

describe("listingIdOf", () => {
  it("never changes: another value would leave every listing of ours an orphan", () => {
    expect([listingIdOf(item, 1), listingIdOf(item, 2)]).toEqual([
      "1ee5be13-7d2a-509a-9094-7ae67633551f",
      "6962dd71-6167-5319-88b6-d9ce3bd78853",
    ]);
  });

  it("is a UUID of version 5", () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 9 }),
        fc.string({ unit: anyCodePoint, maxLength: 9 }),
        fc.nat(),
        (dealerCode, itemId, generation) => {
          expect(listingIdOf({ dealerCode, itemId }, generation)).toMatch(
            /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
          );
        },
      ),
    );
  });

  it("is another one for every dealer, item and generation, wherever their texts meet", () => {
    const word = fc.string({ unit: fc.constantFrom("a", "1", ",", '"', "#"), maxLength: 3 });
    const name = fc.tuple(word, word, fc.integer({ min: 1, max: 3 }));
    fc.assert(
      fc.property(name, name, (a, b) => {
        const [idOfA, idOfB] = [a, b].map(([dealerCode, itemId, generation]) =>
          listingIdOf({ dealerCode, itemId }, generation),
        );
        expect(idOfA === idOfB).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
    );
  });
});
