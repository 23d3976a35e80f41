import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LogEntry } from "#shared/ad/marketplace.ts";
import { mergeLogs, parseLog } from "#shared/blocket/log-entries.ts";
import { compareLogEntries } from "#shared/blocket/log-order.ts";

const sent = (created: string, action: string, state: string, message: unknown = "") => ({
  request_id: "r1",
  created,
  action,
  state,
  external_message: message,
});
const order = (items: readonly unknown[]) => parseLog(items).map(({ action, state }) => `${action} ${state}`);

/** The documents' own example: two entries share a second. */
const documented = [
  sent("2025-01-15T10:00:00Z", "create", "processing", "Processing"),
  sent("2025-01-15T10:00:00Z", "create", "done", "Ad created"),
  sent("2025-01-15T10:00:01Z", "handle_media", "processing", "Processing"),
  sent("2025-01-15T10:00:02Z", "handle_media", "done", "Images uploaded"),
  sent("2025-01-15T10:00:03Z", "publish", "processing", "Publishing in progress."),
  sent("2025-01-15T10:00:05Z", "publish", "done", "Ad published"),
];
const documentedOrder = documented.map(({ action, state }) => `${action} ${state}`);

const entries = fc.array(
  fc.record({
    requestId: fc.constantFrom("r1", "r2"),
    created: fc.constantFrom(
      "2025-01-15T10:00:00Z",
      "2025-01-15T10:00:00.5Z",
      "2025-01-15T10:00:00.500000Z",
      "2025-01-15T10:00:00.500001Z",
      "2025-01-15T11:00:00+01:00",
      "",
    ),
    action: fc.constantFrom("create", "publish", "new-action"),
    state: fc.constantFrom("processing", "done", "error", "new-state"),
    message: fc.constantFrom("", "x"),
  }),
  { maxLength: 12 },
);

describe("action log", () => {
  it("takes requests of one second in their order, whichever way its entries were sent", () => {
    const second = "2025-01-15T10:00:00Z";
    const of = (requestId: string) =>
      ["processing", "done"].map((state) => ({ ...sent(second, "update", state), request_id: requestId }));
    const before = sent("2025-01-15T09:00:00Z", "create", "done");
    const tied = [...of("r2"), ...of("r3")];
    const requests = (items: readonly unknown[]) => [...new Set(parseLog(items).map(({ requestId }) => requestId))];
    for (const items of [
      [before, ...tied],
      [before, ...tied.toReversed()],
      [...tied, before],
      [...tied.toReversed(), before],
    ]) {
      expect(requests(items)).toEqual(["r1", "r2", "r3"]);
    }
  });

  it("comes out the same whichever way its entries were shuffled", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(documented, { minLength: documented.length }), (shuffled) => {
        expect(order(shuffled)).toEqual(documentedOrder);
      }),
    );
  });

  it("orders by time with any number of fraction digits and any zone, not by text", () => {
    const times = [
      "2025-01-15T10:59:59.9999+01:00",
      "2025-01-15T10:00:00Z",
      "2025-01-15T10:00:00.000001Z",
      "2025-01-15T10:00:00.1Z",
      "2025-01-15T10:00:00.123456Z",
      "2025-01-15T10:00:00.123457Z",
      "2025-01-15T10:00:00.2+00:00",
    ];
    const items = times.map((created, index) => sent(created, `a${index}`, "done"));
    expect(order([...items].reverse())).toEqual(items.map(({ action }) => `${action} done`));
    expect(order([items[3], items[0], items[6], items[5], items[1], items[4], items[2]])).toEqual(order(items));
  });

  it("turns a descending log round, so that entries of one second keep their order in time", () => {
    const second = "2025-01-15T10:00:09Z";
    const items = [...documented, sent(second, "publish", "error"), sent(second, "publish", "done")];
    expect(order(items).slice(-2)).toEqual(["publish error", "publish done"]);
    expect(order([...items].reverse())).toEqual(order(items));
  });

  it("compares consistently, so that sorting means something", () => {
    fc.assert(
      fc.property(entries, (some) => {
        for (const a of some) {
          for (const b of some) {
            expect(Math.sign(compareLogEntries(a, b))).toBe(0 - Math.sign(compareLogEntries(b, a)));
            for (const c of some) {
              if (compareLogEntries(a, b) <= 0 && compareLogEntries(b, c) <= 0) {
                expect(compareLogEntries(a, c)).toBeLessThanOrEqual(0);
              }
            }
          }
        }
      }),
    );
  });

  it("keeps unknown actions and states, and tolerates numbers for words", () => {
    expect(parseLog([{ request_id: 7, created: "2025-01-15T10:00:00Z", action: "teleport", state: "maybe" }])).toEqual([
      { requestId: "7", created: "2025-01-15T10:00:00Z", action: "teleport", state: "maybe", message: "" },
    ]);
  });

  it.each([
    ["text", "text"],
    [{ image: { url: "x" } }, '{"image":{"url":"x"}}'],
    [["a", 1], '["a",1]'],
    [null, ""],
    [undefined, ""],
    ["y".repeat(900), `${"y".repeat(499)}…`],
    [{ y: "y".repeat(900) }, `{"y":"${"y".repeat(493)}…`],
  ])("reads the message %j", (message, expected) => {
    expect(parseLog([sent("2025-01-15T10:00:00Z", "publish", "error", message)])[0]?.message).toBe(expected);
  });

  it("survives a message nested without an end", () => {
    const deep: unknown = JSON.parse(`${"[".repeat(100_000)}${"]".repeat(100_000)}`);
    expect(parseLog([sent("2025-01-15T10:00:00Z", "publish", "error", deep)])[0]?.message).toContain("too deeply");
  });

  it("leaves no entry out: what is no entry shows as unreadable, what is missing as empty", () => {
    expect(parseLog([null, "boom", { action: "publish", state: { a: 1 } }])).toEqual([
      { requestId: "", created: "", action: "unreadable", state: "unreadable", message: "" },
      { requestId: "", created: "", action: "unreadable", state: "unreadable", message: "boom" },
      { requestId: "", created: "", action: "publish", state: "", message: "" },
    ]);
  });

  it("unites several readings of a log without doubling what they share", () => {
    const whole = parseLog(documented);
    fc.assert(
      fc.property(fc.subarray(whole), fc.subarray(whole), (a, b) => {
        const union = whole.filter((entry) => a.includes(entry) || b.includes(entry));
        expect(mergeLogs([a, b])).toEqual(union);
      }),
    );
    expect(mergeLogs([])).toEqual<LogEntry[]>([]);
  });
});
