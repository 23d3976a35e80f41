import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { limits } from "#shared/contracts/inventory-event.ts";
import { carEvent, removedEvent, upsertedBoat } from "#test/unit/contracts/inventory-samples.ts";

type Path = (string | number)[];

/** Too deep for JSON.stringify, not for JSON.parse. */
const abyss = `${"[".repeat(20_000)}${"]".repeat(20_000)}`;

/** Values as JSON texts, so that they may be what JSON.stringify never writes. */
const oddTexts = [
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '"\\ud800"',
  '"half \\udc00 pair"',
  '"\\u0000"',
  '"\\uffff\\ufffe 🚗 å"',
  "1e999",
  "-1e999",
  "-0",
  "1e-400",
  "12345678901234567890",
  '{"a":1,"a":2}',
  '""',
  "null",
  "[]",
  "{}",
  `${"[".repeat(12_000)}${"]".repeat(12_000)}`,
  `${'{"a":'.repeat(40)}1${"}".repeat(40)}`,
  // Deep behind more faults than are told, and below a key that is none.
  `[${'"\\ud800",'.repeat(100)}${abyss}]`,
  `{"a":[${'"\\ud800",'.repeat(100)}"x"],"b":${abyss}}`,
  `{"__proto__":${abyss}}`,
  `"${"x".repeat(70_000)}"`,
  JSON.stringify(Array(10_000).fill("https://a.se/1")),
  '"http://169.254.169.254/latest"',
  '"../../etc/passwd"',
  '"2026-13-45T99:99:99Z"',
  '"2026-11-21t08:30:00z"',
];

const samples = [
  carEvent,
  removedEvent,
  { ...carEvent, id: "evt-boat", data: upsertedBoat },
  { ...removedEvent, id: "evt-bump", type: "inventory.item.bump-requested", data: { dealerCode: "DEMO", itemId: "a" } },
  { ...removedEvent, id: "evt-other", data: { ...removedEvent.data, dealerCode: "OTHER" } },
];

const oddText = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...oddTexts) },
  { weight: 2, arbitrary: fc.json({ maxDepth: 3 }) },
  { weight: 1, arbitrary: fc.string({ unit: "binary" }).map((text) => JSON.stringify(text)) },
);

/** An event of which nothing to three fields are something else, gone, or new. */
const changedEvent = fc
  .tuple(fc.constantFrom(...samples), fc.array(fc.tuple(fc.nat(), fc.option(oddText), fc.boolean()), { maxLength: 3 }))
  .map(([sample, changes]) => changes.reduce(changeText, JSON.stringify(sample)));

function changeText(text: string, [place, value, isNewKey]: [number, string | null, boolean]): string {
  const marker = `marker-${place}`;
  // What is very deep can be read and not written again.
  const event = text.length > 20_000 ? null : parse(text);
  if (event === null) {
    return text;
  }
  const paths = pathsIn(event);
  const path = paths[place % paths.length] ?? [];
  setAt(event, isNewKey ? [...path.slice(0, -1), `new-${place % 7}`] : path, value === null ? undefined : marker);
  return JSON.stringify(event).replace(`"${marker}"`, () => value ?? "");
}

/** null for a text that an earlier change has made into what is not an object. */
function parse(text: string): Record<string, unknown> | null {
  const value: unknown = JSON.parse(text);
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
}

function pathsIn(value: unknown, at: Path = []): Path[] {
  if (typeof value !== "object" || value === null || at.length > 8) {
    return [];
  }
  return Object.entries(value)
    .slice(0, 40)
    .flatMap(([key, child]) => [[...at, key], ...pathsIn(child, [...at, key])]);
}

function setAt(root: Record<string, unknown>, path: Path, value: unknown): void {
  const parent = path.slice(0, -1).reduce<unknown>((place, key) => (place as Record<string, unknown>)?.[key], root);
  const last = path.at(-1);
  if (typeof parent !== "object" || parent === null || last === undefined) {
    return;
  }
  if (value === undefined) {
    delete (parent as Record<string, unknown>)[last];
  } else {
    (parent as Record<string, unknown>)[last] = value;
  }
}

/** An event of which one attribute takes all the room that a body has. */
const longEvent = fc
  .tuple(
    fc.constantFrom(...samples),
    fc.constantFrom("time", "sequence", "subject", "source", "type", "data_base64"),
    fc.constantFrom("1", "å", "🚗"),
  )
  .map(([sample, attribute, unit]) => {
    const [before, after] = attribute === "time" ? ["2026-11-21T08:30:00.", "Z"] : ["", ""];
    const withText = (text: string) => JSON.stringify({ ...sample, [attribute]: `${before}${text}${after}` });
    const room = limits.bodyBytes - Buffer.byteLength(withText(""));
    return withText(unit.repeat(Math.floor(room / Buffer.byteLength(unit))));
  });

const listPaths: Path[] = [
  ["data", "ad", "price"],
  ["data", "ad", "image_urls"],
  ["data", "ad", "category_fields", "equipments"],
  ["data", "ad", "unknown"],
  ["data", "unknown"],
  ["unknown"],
];

/** Of which one value has so many elements or keys as that room holds, or a document of the largest size that is judged. */
const crowdedEvent = fc
  .tuple(
    fc.constantFrom(carEvent, { ...carEvent, data: upsertedBoat }),
    fc.constantFrom(...listPaths),
    fc.constantFrom("1", "{}", "keys"),
    fc.constantFrom(limits.bodyBytes, limits.documentBytes),
  )
  .map(([sample, path, element, bytes]) => {
    const event = structuredClone(sample);
    setAt(event, path, "marker");
    const text = JSON.stringify(event);
    return text.replace('"marker"', () => crowd(element, bytes - Buffer.byteLength(text)));
  });

function crowd(element: string, room: number): string {
  // As long as the longest: `"k12345":1,`.
  const count = Math.floor(room / (element === "keys" ? 11 : element.length + 1));
  return element === "keys"
    ? `{${Array.from({ length: count }, (_, n) => `"k${n}":1`).join()}}`
    : `[${Array(count).fill(element).join()}]`;
}

const batch = fc
  .oneof(
    { weight: 8, arbitrary: fc.array(changedEvent, { maxLength: 4 }) },
    {
      weight: 1,
      arbitrary: fc.integer({ min: 99, max: 102 }).map((count) => Array(count).fill(JSON.stringify(removedEvent))),
    },
  )
  .map((events) => `[${events.join(",")}]`);

const oddBytes = fc.constantFrom(
  Buffer.alloc(0),
  Buffer.from("{"),
  Buffer.from("null"),
  Buffer.from(`\uFEFF${JSON.stringify(removedEvent)}`),
  Buffer.from(JSON.stringify(removedEvent), "utf16le"),
  Buffer.from(`${JSON.stringify(removedEvent)}\0`),
  Buffer.from(JSON.stringify({ ...removedEvent, id: "å" }), "latin1"),
  gzipSync(JSON.stringify(removedEvent)),
  Buffer.from(JSON.stringify(removedEvent).padEnd(256 * 1024)),
  Buffer.from(JSON.stringify(removedEvent).padEnd(256 * 1024 + 1)),
  Buffer.from(`${"[".repeat(120_000)}${"]".repeat(120_000)}`),
  Buffer.from('{"a":'.repeat(50_000)),
);

/** What may stand in a request, from a good event to no text at all. */
export const bodies: fc.Arbitrary<Buffer> = fc.oneof(
  { weight: 8, arbitrary: changedEvent.map((text) => Buffer.from(text)) },
  { weight: 6, arbitrary: batch.map((text) => Buffer.from(text)) },
  { weight: 2, arbitrary: fc.json({ maxDepth: 5 }).map((text) => Buffer.from(text)) },
  { weight: 1, arbitrary: oddText.map((text) => Buffer.from(text)) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)) },
  { weight: 1, arbitrary: oddBytes },
  { weight: 1, arbitrary: longEvent.map((text) => Buffer.from(text)) },
  { weight: 1, arbitrary: crowdedEvent.map((text) => Buffer.from(text)) },
  {
    weight: 1,
    arbitrary: fc.tuple(changedEvent, fc.nat(), fc.nat(255)).map(([text, at, byte]) => {
      const bytes = Buffer.from(text);
      bytes[at % bytes.length] = byte;
      return bytes;
    }),
  },
);
