import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findUnfit } from "#functions/receive/find-unfit.ts";
import { type Arrival, validateEvent } from "#functions/receive/validate-event.ts";
import type { Envelope } from "#shared/contracts/inventory-event.ts";
import { indexValues } from "#shared/contracts/known-values.ts";
import { queueMessageSchema } from "#shared/contracts/queue-message.ts";
import { carDocument, carEvent, changed, removedEvent } from "#test/unit/contracts/inventory-samples.ts";

const arrival: Arrival = {
  source: "dms",
  dealers: ["DEMO"],
  listingIds: "uuid",
  receivedAt: 1_700_000_000_000,
  place: 3,
};
const measures = { known: new Map(), mostPictures: 38 };
const demoItem = { dealerCode: "DEMO", itemId: "abc-123" };

/** Out of JSON, as every event is: `__proto__` is then a key like any other. */
const judge = (event: unknown) => validateEvent(JSON.parse(JSON.stringify(event)) as Envelope, arrival, measures);
const withData = (path: (string | number)[], value: unknown) => changed<unknown>(carEvent, ["data", ...path], value);
const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)]);
/** As texts: what is this deep can be read, and not written. */
const withFields = (fields: string) =>
  JSON.parse(JSON.stringify(withData(["ad", "category_fields"], "fields")).replace('"fields"', () => fields));
const abyss = `${"[".repeat(20_000)}${"]".repeat(20_000)}`;

describe("validateEvent", () => {
  it("keeps of a valid event what its wish needs", () => {
    expect(judge(carEvent)).toEqual({
      kind: "valid",
      event: {
        source: "dms",
        id: "evt-0001",
        time: "2026-11-21T08:30:00+01:00",
        sequence: "000017",
        receivedAt: arrival.receivedAt,
        place: 3,
        type: "inventory.item.upserted",
        data: carEvent.data,
      },
      warnings: [],
    });
    expect(judge(removedEvent)).toMatchObject({
      kind: "valid",
      event: { type: removedEvent.type, data: removedEvent.data },
    });
  });

  it.each<[string, unknown, unknown, string, string]>([
    [
      "an unknown type",
      changed<unknown>(carEvent, ["type"], "inventory.item.patched"),
      demoItem,
      "/type",
      "unknown-type",
    ],
    [
      "a type named like a method",
      changed<unknown>(carEvent, ["type"], "constructor"),
      demoItem,
      "/type",
      "unknown-type",
    ],
    ["no data", changed<unknown>(carEvent, ["data"], undefined), null, "/data", "required"],
    [
      "data in base64",
      { ...(changed<unknown>(carEvent, ["data"], undefined) as object), data_base64: "e30=" },
      null,
      "/data",
      "required",
    ],
    ["data that is text", changed<unknown>(carEvent, ["data"], "a car"), null, "/data", "invalid-type"],
    ["no dealer", withData(["dealerCode"], undefined), null, "/data/dealerCode", "required"],
    ["a malformed dealer", withData(["dealerCode"], "DE MO"), null, "/data/dealerCode", "invalid-format"],
    ["another's dealer", withData(["dealerCode"], "OTHER"), null, "/data/dealerCode", "dealer-not-allowed"],
    ["no item", withData(["itemId"], undefined), null, "/data/itemId", "required"],
    ["an item of half a character", withData(["itemId"], "a\ud800"), null, "/data/itemId", "invalid-text"],
    [
      "a wrong price",
      withData(["ad", "price", 0, "amount"], "12"),
      demoItem,
      "/data/ad/price/0/amount",
      "invalid-type",
    ],
    ["half a character in a text", withData(["ad", "body"], "\udc00"), demoItem, "/data/ad/body", "invalid-text"],
    [
      "half a character in a key",
      withData(["ad", "category_fields", "\ud800"], 1),
      demoItem,
      "/data/ad/category_fields",
      "invalid-key",
    ],
    [
      "deep nesting",
      withData(["ad", "category_fields", "x"], nested(40)),
      demoItem,
      "/data/ad/category_fields/x/0",
      "too-deep",
    ],
    ["a large document", withData(["ad", "body"], "å".repeat(33_000)), demoItem, "/data/ad", "too-large"],
    [
      "one that escapes make large",
      withData(["ad", "body"], "\u0001".repeat(10_900)),
      demoItem,
      "/data/ad",
      "too-large",
    ],
    [
      "one of long numbers",
      withData(["ad", "x"], Array(2_600).fill(Number("-1.2345678901234568e-300"))),
      demoItem,
      "/data/ad",
      "too-large",
    ],
    [
      "one of many keys",
      withData(
        ["ad", "x"],
        Object.fromEntries(Array.from({ length: 2_200 }, (_, n) => [`\u0001\u0001\u0001${n + 1_000}`, false])),
      ),
      demoItem,
      "/data/ad",
      "too-large",
    ],
  ])("rejects %s", (_, event, item, pointer, code) => {
    const verdict = judge(event);
    expect(verdict).toMatchObject({ kind: "rejected", item, errors: [{ code }] });
    expect(verdict.kind === "rejected" && verdict.errors[0]?.pointer).toContain(pointer);
  });

  it.each<[string, object, string, string]>([
    ["a time of 260,000 digits", { time: `2026-11-21T08:30:00.${"1".repeat(260_000)}Z` }, "/time", "too-big"],
    ["a time that is none", { time: "2026-11-21 08:30" }, "/time", "invalid-format"],
    ["a time in seconds", { time: 1_795_000_000 }, "/time", "invalid-type"],
    ["a sequence without end", { sequence: "1".repeat(201) }, "/sequence", "too-big"],
    ["an empty sequence", { sequence: "" }, "/sequence", "too-small"],
    ["half a character in its sequence", { sequence: "\udc00" }, "/sequence", "invalid-text"],
    ["half a character in its source", { source: "/\ud800" }, "/source", "invalid-text"],
    ["a source without end", { source: `/${"x".repeat(2048)}` }, "/source", "too-big"],
    ["a subject without end", { subject: "x".repeat(2049) }, "/subject", "too-big"],
    ["an extension that is a list", { tracestate: ["x"] }, "/tracestate", "invalid"],
    ["data in base64 beside its data", { data_base64: "e30=".repeat(1000) }, "/data_base64", "too-big"],
  ])("rejects by itself, and files, an event with %s", (_, attributes, pointer, code) => {
    expect(judge({ ...carEvent, ...attributes })).toEqual({
      kind: "rejected",
      item: demoItem,
      errors: [{ pointer, code, message: expect.stringMatching(/\.$/) }],
    });
  });

  it.each<[unknown, string | undefined]>([
    ["2026-11-21t08:30:00z", "2026-11-21T08:30:00Z"],
    ["2026-11-21T08:30:00.123456789-08:00", "2026-11-21T08:30:00.123456789-08:00"],
    [null, undefined],
  ])("takes the time %j, as RFC 3339 and CloudEvents have it", (time, kept) => {
    const verdict = judge({ ...carEvent, time, sequence: null, subject: null });
    expect(verdict.kind === "valid" && [verdict.event.time, verdict.event.sequence]).toEqual([kept, undefined]);
  });

  it.each([
    [
      "half a character",
      withData(["ad", "body"], "\ud800"),
      ["/data/ad/body invalid-text", "/data/ad/visible invalid-type"],
    ],
    [
      "nesting without end",
      withData(["ad", "category_fields", "x"], nested(40)),
      [`/data/ad/category_fields/x${"/0".repeat(29)} too-deep`, "/data/ad/visible invalid-type"],
    ],
    [
      "half a character in an unknown key, and in an attribute",
      { ...(withData(["ad", "\ud800"], 1) as object), subject: "\udc00" },
      ["/data/ad invalid-key", "/data/ad/visible invalid-type", "/subject invalid-text"],
    ],
  ])("tells all that is wrong also beside %s", (_, event, faults) => {
    const verdict = judge(changed(event, ["data", "ad", "visible"], "yes"));
    const errors = verdict.kind === "rejected" ? verdict.errors : [];
    expect(errors.map(({ pointer, code }) => `${pointer} ${code}`).toSorted()).toEqual(faults.toSorted());
  });

  it("finds nothing in 32 levels, and the 33rd too deep", () => {
    expect(findUnfit(nested(33))).toEqual([]);
    expect(findUnfit(nested(34))).toMatchObject([{ pointer: "/0".repeat(33), code: "too-deep" }]);
  });

  it("says of a document that is too large only that, beside all else that is wrong", () => {
    const large = withData(["ad"], { visible: "yes", body: "x".repeat(70_000), source_id: 1 });
    const verdict = judge({ ...changed<object>(large as object, ["data", "vehicleType"], "lorry"), time: "now" });
    const errors = verdict.kind === "rejected" ? verdict.errors : [];
    expect(errors.map(({ pointer, code }) => `${pointer} ${code}`).toSorted()).toEqual([
      "/data/ad too-large",
      "/data/vehicleType invalid-value",
      "/time invalid-format",
    ]);
  });

  it.each([
    ["behind a hundred other faults", `{"a":[${Array(100).fill('"\\ud800"')}],"b":${abyss}}`, `/b${"/0".repeat(29)}`],
    ["below a key that is not allowed", `{"a":{"__proto__":${abyss}}}`, "/a"],
  ])("finds nesting without end %s", (_, fields, pointer) => {
    const verdict = validateEvent(withFields(fields) as Envelope, arrival, measures);
    const tooDeep = { pointer: `/data/ad/category_fields${pointer}`, code: "too-deep" };
    expect(verdict).toMatchObject({ kind: "rejected", item: demoItem });
    expect(verdict.kind === "rejected" && verdict.errors).toContainEqual(expect.objectContaining(tooDeep));
  });

  it.each([
    ["a/b", "rejected"],
    [" a", "rejected"],
    ["a%2fb", "rejected"],
    ["a-1", "valid"],
  ])("with item ids as listing ids: the id %j is %s", (itemId, kind) => {
    const judgeAs = (listingIds: "uuid" | "item-id", event: unknown) =>
      validateEvent(event as Envelope, { ...arrival, listingIds }, measures);
    for (const event of [withData(["itemId"], itemId), changed<unknown>(removedEvent, ["data", "itemId"], itemId)]) {
      expect(judgeAs("uuid", event).kind).toBe("valid");
      const verdict = judgeAs("item-id", event);
      const errors = [{ pointer: "/data/itemId", code: "unusable-listing-id" }];
      expect(verdict).toMatchObject(
        kind === "valid" ? { kind } : { kind, item: { dealerCode: "DEMO", itemId }, errors },
      );
    }
  });

  it("sends the first pictures where there are more than the marketplace takes, and says so", () => {
    const verdict = validateEvent(carEvent as Envelope, arrival, { ...measures, mostPictures: 1 });
    expect(verdict).toMatchObject({
      event: { data: { ad: { image_urls: carDocument.image_urls.slice(0, 1) } } },
      warnings: [{ pointer: "/data/ad/image_urls", code: "too-many-pictures" }],
    });
    expect(carDocument.image_urls).toHaveLength(2);
  });

  it("knows the marketplace's own values, and says of two faults of one field the one that helps", () => {
    const brand = [{ id: "volvo", name: "Volvo" }];
    const attributes = { brand, color: [{ id: "red", name: "Red" }] };
    const known = indexValues([{ vehicleType: "car", fetchedAt: arrival.receivedAt, attributes, models: {} }]);
    const event = changed<unknown>(withData(["ad", "category_fields", "brand"], "Volvo"), ["data", "ad", "visible"], 1);
    expect(validateEvent(event as Envelope, arrival, { ...measures, known })).toMatchObject({
      errors: [
        { pointer: "/data/ad/visible" },
        {
          pointer: "/data/ad/category_fields/brand",
          code: "unknown-value",
          message: 'brand must be "volvo", which is Blocket\'s word for Volvo.',
        },
      ],
    });
    expect(validateEvent(carEvent as Envelope, arrival, { ...measures, known }).kind).toBe("valid");
  });

  it("tells who asks for another's dealer nothing else", () => {
    const event = changed<unknown>(withData(["dealerCode"], "OTHER"), ["type"], "no.such.type");
    expect(judge(event)).toMatchObject({ errors: [{ code: "dealer-not-allowed" }] });
  });

  it("rejects keys that would set a prototype, and numbers beyond a double", () => {
    const parse = (fields: string) =>
      validateEvent(
        JSON.parse(JSON.stringify(carEvent).replace('"brand"', `${fields},"brand"`)) as Envelope,
        arrival,
        measures,
      );
    expect(parse('"__proto__":{"vin":"x"}')).toMatchObject({ kind: "rejected", errors: [{ code: "invalid-key" }] });
    expect(parse('"engine":1e999')).toMatchObject({ kind: "rejected", errors: [{ code: "invalid-number" }] });
  });

  it.each([
    [65_536, "valid"],
    [65_537, "rejected"],
  ])("with a document of %i bytes: %s", (bytes, kind) => {
    const without = Buffer.byteLength(JSON.stringify({ ...carDocument, body: "" }));
    expect(judge(withData(["ad", "body"], "x".repeat(bytes - without))).kind).toBe(kind);
  });

  it("does not let the errors grow with the event", () => {
    const junk = Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`${n}${"x".repeat(1_000)}`, n]));
    const verdict = judge({ ...removedEvent, data: { ...removedEvent.data, ...junk } });
    expect(verdict.kind === "rejected" && verdict.errors).toHaveLength(21);
    expect(JSON.stringify(verdict).length).toBeLessThan(20_000);
  });

  it("points to what holds a field whose name is too long to be told, not to another one", () => {
    const verdict = judge(withData(["ad", "k".repeat(400)], 1));
    expect(verdict).toMatchObject({ errors: [{ pointer: "/data/ad", code: "unknown-field" }] });
  });

  it("comes to a verdict that fits into the queue, whatever the data is", () => {
    const type = fc.constantFrom("inventory.item.upserted", "inventory.item.removed", "no.such.type");
    const data = fc.oneof(
      fc.jsonValue(),
      fc.record({
        dealerCode: fc.constant("DEMO"),
        itemId: fc.string({ unit: fc.constantFrom("a", "å", "/", "\ud800", "\udc00") }),
        ad: fc.jsonValue(),
      }),
    );
    fc.assert(
      fc.property(type, data, (eventType, eventData) => {
        const verdict = judge({ ...carEvent, type: eventType, data: eventData });
        if (verdict.kind === "rejected") {
          const { item, errors } = verdict;
          const message = {
            version: 1,
            kind: "rejected-event",
            source: "dms",
            eventId: "1",
            item,
            receivedAt: 1,
            errors,
          };
          expect(queueMessageSchema.safeParse(JSON.parse(JSON.stringify(message))).success).toBe(true);
        }
      }),
    );
  });
});
