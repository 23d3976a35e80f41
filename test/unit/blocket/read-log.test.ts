import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Reading } from "#shared/blocket/ad-reader.ts";
import { failRead } from "#shared/blocket/ad-reader.ts";
import { readLog } from "#shared/blocket/read-log.ts";

type Entry = { request_id: string; created: string; action: string; state: string };

/** A log that grows: entry n is made at second n. Ascending, as it was written. */
const logOf = (length: number, from = 0): Entry[] =>
  Array.from({ length }, (_, index) => ({
    request_id: `r${from + index}`,
    created: new Date((from + index) * 1_000).toISOString(),
    action: "update",
    state: "done",
  }));

type Server = {
  log: Entry[];
  mostPerPage?: number;
  isBare?: boolean;
  /** Runs before each page, with the number of pages asked for so far. */
  meanwhile?: (log: Entry[], page: number) => void;
};

function readerOf({ log, mostPerPage = 100, isBare = false, meanwhile }: Server) {
  const asked: URL[] = [];
  const reader = async (path: string): Promise<Reading> => {
    const url = new URL(path, "http://api");
    meanwhile?.(log, asked.length);
    asked.push(url);
    const offset = Number(url.searchParams.get("offset"));
    const limit = Math.min(Number(url.searchParams.get("limit")), mostPerPage);
    const results = [...log].reverse().slice(offset, offset + limit);
    return { kind: "value", value: isBare ? results : { count: log.length, next: "http://evil", results } };
  };
  return { reader, asked };
}

const idsOf = (log: unknown) => (log as { requestId: string }[]).map(({ requestId }) => requestId);
const namesOf = (log: readonly Entry[]) => log.map((entry) => entry.request_id);

describe("reading a whole log", () => {
  it("asks for the log's own address, newest first", async () => {
    const { reader, asked } = readerOf({ log: logOf(3) });
    expect(idsOf(await readLog(reader, "a b"))).toEqual(["r0", "r1", "r2"]);
    expect(asked.map((url) => url.pathname + url.search)).toEqual([
      "/v4/ad/a%20b/log?limit=100&offset=0&ordering=-created",
    ]);
  });

  it.each([0, 1, 99, 100, 101, 190, 191, 250, 300])("finds all of %i entries, in both envelopes", async (length) => {
    const log = logOf(length);
    expect(idsOf(await readLog(readerOf({ log }).reader, "x"))).toEqual(namesOf(log));
    expect(idsOf(await readLog(readerOf({ log, isBare: true }).reader, "x"))).toEqual(namesOf(log));
  });

  it("stops at the newest 300 after four pages", async () => {
    const log = logOf(1_000);
    const { reader, asked } = readerOf({ log });
    expect(idsOf(await readLog(reader, "x"))).toEqual(namesOf(log.slice(-300)));
    expect(asked).toHaveLength(4);
  });

  it.each([99, 50, 30])("gets along with a server that gives at most %i at once", async (mostPerPage) => {
    const log = logOf(260);
    expect(idsOf(await readLog(readerOf({ log, mostPerPage }).reader, "x"))).toEqual(namesOf(log));
  });

  it("keeps the order of entries of one second that two pages share", async () => {
    const log = logOf(150).map((entry, n) => ({ ...entry, created: new Date(Math.ceil(n / 2) * 1_000).toISOString() }));
    expect(idsOf(await readLog(readerOf({ log }).reader, "x"))).toEqual(namesOf(log));
  });

  it("skips nothing while entries are added between its pages", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 95 }), { maxLength: 6 }), async (added) => {
        const isBare = Math.max(0, ...added) < 80;
        const before = logOf(250);
        const meanwhile = (log: Entry[], page: number) => {
          if (page > 0) {
            log.push(...logOf(added[page - 1] ?? 0, log.length));
          }
        };
        const log = [...before];
        const read = idsOf(await readLog(readerOf({ log, isBare, meanwhile }).reader, "x"));
        // What was there at the first page is there in the end, as far back as a log is read, and without a hole.
        const from = read.indexOf("r249");
        expect(read.slice(0, from + 1)).toEqual(namesOf(before).slice(-(from + 1)));
        expect(from === 249 || read.length === 300).toBe(true);
      }),
    );
  });

  it("fails rather than pass over a hole, when entries vanish between its pages", async () => {
    const meanwhile = (log: Entry[], page: number) => {
      if (page === 1) {
        log.splice(-40);
      }
    };
    const read = await readLog(readerOf({ log: logOf(250), meanwhile }).reader, "x");
    expect(read).toMatchObject({ cause: "listing", reason: "the log moved between two of its pages" });
  });

  it("ends with a server that answers the same page for ever", async () => {
    let asked = 0;
    const reader = async (): Promise<Reading> => {
      asked += 1;
      return { kind: "value", value: logOf(100).reverse() };
    };
    expect(await readLog(reader, "x")).toHaveLength(100);
    expect(asked).toBeLessThanOrEqual(4);
  });

  it("fails when a page fails, is missing, or is no page", async () => {
    const failure = { ...failRead("HTTP 503"), retryAfterMs: 5 };
    expect(await readLog(async () => failure, "x")).toBe(failure);
    expect(await readLog(async () => ({ kind: "absent" }), "x")).toMatchObject({ cause: "listing" });
    expect(await readLog(async () => ({ kind: "value", value: { results: 7 } }), "x")).toMatchObject({
      cause: "listing",
    });
  });
});
