import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ListingDocument } from "#shared/contracts/listing-document.ts";
import { accepted, published, startLife } from "./ad-life.ts";

type Json = string | number | boolean | null | Json[] | Fields;
type Fields = { [key: string]: Json };
type Semantics = "merge" | "replace";

/** What a marketplace keeps of a PUT, by either reading of the documents: null clears, arrays are replaced whole. */
function put(before: Fields, body: Fields, semantics: Semantics): Fields {
  const result: Fields = semantics === "merge" ? { ...before } : {};
  for (const [key, value] of Object.entries(body)) {
    const inner = result[key];
    result[key] = isFields(value) ? put(isFields(inner) ? inner : {}, value, semantics) : value;
  }
  return result;
}

/** Without what holds nothing: nulls, and objects of nothing else. */
function compact(fields: Fields): Fields {
  const entries = Object.entries(fields).map(
    ([key, value]) => [key, isFields(value) ? compact(value) : value] as const,
  );
  return Object.fromEntries(
    entries.filter(([, value]) => value !== null && !(isFields(value) && Object.keys(value).length === 0)),
  );
}

function isFields(value: Json | undefined): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const { fields } = fc.letrec<{ fields: Fields; value: Json }>((tie) => ({
  fields: fc.dictionary(fc.constantFrom("a", "b", "c", "d/~e"), tie("value"), { maxKeys: 3 }),
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<Json>(1, "x", false, null),
    fc.constant<Json>([1, 2]),
    tie("fields"),
  ),
}));
const document = fc.record({ body: fc.constantFrom("x", "y"), location: fields, category_fields: fields });
/** How the write of a document ended: settled (or overdue, where its log went to one never heard of), accepted and never heard of again (landed or not). */
const write = fc.record({ document, ending: fc.constantFrom("settled", "landed", "lost") });
type Write = { document: Fields; ending: string };

const boat = (ad: Fields) => ({ vehicleType: "boat" as const, ad: ad as ListingDocument });

/** Lets the documents be written one after the other, and gives what the marketplace holds after the last one. */
function marketplaceAfter(writes: readonly Write[], semantics: Semantics): Fields {
  const life = startLife();
  life.publish("0", boat({ category_fields: {} }));
  const entries = published();
  let holds: Fields = {};
  for (const [place, { document: ad, ending }] of writes.entries()) {
    life.forgetTold();
    life.want(String(place + 1), boat(ad));
    const action = life.step();
    if (action.kind !== "write") {
      continue;
    }
    if (ending !== "lost" || place === writes.length - 1) {
      holds = put(holds, action.call.body as Fields, semantics);
    }
    life.reply(accepted);
    if (ending === "settled") {
      entries.push(...published(`r${place + 2}`, "update", 10 * (place + 1)));
      life.observeAtRest(entries);
      life.stall();
    } else {
      life.stall();
    }
  }
  return holds;
}

describe.each<Semantics>(["merge", "replace"])("a PUT where the API means %s", (semantics) => {
  it("leaves exactly the wish, whatever of the documents before it has landed", () => {
    fc.assert(
      fc.property(fc.array(write, { minLength: 1, maxLength: 5 }), (writes) => {
        const wish = writes.at(-1)?.document as Fields;
        const expected = { visible: true, dont_publish_on_failed_images: false, ...wish };
        expect(compact(marketplaceAfter(writes, semantics))).toEqual(compact(expected));
      }),
      { numRuns: 100 },
    );
  });
});
