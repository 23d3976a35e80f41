import { describe, expect, it } from "vitest";
import type { ReadFailure, ReadReply, Row } from "#shared/ad/marketplace.ts";
import { blocketMarketplace } from "#shared/blocket/client.ts";
import type { HttpOutcome, HttpRequest } from "#shared/blocket/http-call.ts";
import { readCall } from "#test/support/marketplace/calls.ts";
import { answer, scriptedHttpCall } from "#test/support/marketplace/scripted-http-call.ts";

const entry = (n: number) => ({
  request_id: `r${n}`,
  created: new Date(n * 1_000).toISOString(),
  action: "update",
  state: "done",
  external_message: "x",
});
const logOf = (length: number, from = 0) => Array.from({ length }, (_, n) => entry(from + n));
const row = (fields: Record<string, unknown> = {}) => ({
  id: "id-1",
  source_id: "listing-1",
  dealer_code: "DEMO",
  state: "created",
  blocket_ad_id: null,
  category_fields: { registration_number: "ABC123", vin: null },
  updated: "2025-01-15T10:00:00Z",
  log: [],
  ...fields,
});

function clientOf(script: (request: HttpRequest, index: number) => HttpOutcome) {
  const { httpCall, requests } = scriptedHttpCall(script);
  const now = () => 1_000;
  const marketplace = blocketMarketplace({ httpCall, tokens: async () => "test-token", now, readTimeoutMs: 5_000 });
  return { marketplace, requests, paths: () => requests.map(({ path }) => path) };
}

const readOf = (outcome: HttpOutcome) => clientOf(() => outcome).marketplace.read(readCall());
const rowOf = (reply: ReadReply | undefined): Row | null =>
  reply?.kind === "read" && reply.snapshot.kind === "found" ? reply.snapshot.row : null;
const failure = (reason: string, cause: ReadFailure = "outage") => ({
  kind: "failed",
  reason,
  retryAfterMs: null,
  cause,
});

describe("reading one listing", () => {
  it("finds the row, whatever else is in it", async () => {
    const whole = row({ blocket_ad_id: 77, more: 1, log: logOf(2) });
    const { marketplace, requests } = clientOf(() => answer(200, whole));
    expect(await marketplace.read(readCall())).toEqual({
      kind: "read",
      snapshot: {
        kind: "found",
        row: {
          listingId: "listing-1",
          dealerCode: "DEMO",
          state: "created",
          blocketAdId: "77",
          plate: "ABC123",
          vin: null,
          fields: whole,
          log: [expect.objectContaining({ requestId: "r0" }), expect.objectContaining({ requestId: "r1" })],
        },
      },
    });
    expect(requests).toMatchObject([{ method: "GET", path: "/v4/ad/listing-1", body: null, deadline: 6_000 }]);
  });

  it.each([
    ["no category fields", { category_fields: null }],
    ["strange category fields", { category_fields: { registration_number: { a: 1 }, vin: [] } }],
    ["no dealer", { dealer_code: null }],
    ["an empty ad id", { blocket_ad_id: "" }],
  ])("finds a row with %s", async (_, fields) => {
    expect(rowOf(await readOf(answer(200, row(fields))))).toMatchObject({ listingId: "listing-1", blocketAdId: null });
  });

  it("reads the log under both of its names", async () => {
    const { log, ...rest } = row();
    expect(rowOf(await readOf(answer(200, { ...rest, logs: logOf(3) })))?.log).toHaveLength(3);
    expect(log).toEqual([]);
  });

  it("says absent for a 404, and taken for another dealer's row", async () => {
    expect(await readOf(answer(404, { detail: "Not found." }))).toEqual({
      kind: "read",
      snapshot: { kind: "absent", taken: false },
    });
    expect(await readOf(answer(200, row({ dealer_code: "DEMO2" })))).toEqual({
      kind: "read",
      snapshot: { kind: "absent", taken: true },
    });
  });

  it.each<[string, HttpOutcome, unknown]>([
    ["a 401", answer(401, { detail: "x" }), failure("HTTP 401", "unauthorized")],
    ["a 403", answer(403, { detail: "x" }), failure("HTTP 403", "forbidden")],
    ["a 500", answer(500, "<html>"), failure("HTTP 500")],
    ["a 408", answer(408, ""), failure("HTTP 408")],
    ["a 400", answer(400, {}), failure("HTTP 400", "other")],
    ["a redirect", answer(302, ""), failure("HTTP 302", "other")],
    ["a 429", answer(429, "", { "retry-after": "9" }), { ...failure("HTTP 429", "throttled"), retryAfterMs: 9_000 }],
    ["a 503 with a time", answer(503, "", { "retry-after": "2" }), { ...failure("HTTP 503"), retryAfterMs: 2_000 }],
    ["HTML", answer(200, "<html>"), failure("unreadable 2xx (HTTP 200)")],
    ["nothing", answer(200, ""), failure("unreadable 2xx (HTTP 200)")],
    ["an array", answer(200, [row()]), failure("unreadable 2xx (not the ad asked for)", "listing")],
    [
      "another ad",
      answer(200, row({ source_id: "listing-2" })),
      failure("unreadable 2xx (not the ad asked for)", "listing"),
    ],
    [
      "a row without a state",
      answer(200, row({ state: null })),
      failure("unreadable 2xx (not the ad asked for)", "listing"),
    ],
    ["a lost call", { kind: "lost", reason: "reset" }, failure("reset")],
    ["a call not sent", { kind: "not-sent", reason: "refused" }, failure("refused")],
  ])("fails on %s", async (_, outcome, expected) => {
    expect(await readOf(outcome)).toEqual(expected);
  });

  it("fetches the log by itself where the row has 100 entries or none, and unites both", async () => {
    for (const log of [logOf(100, 20), undefined, null]) {
      const { marketplace, paths } = clientOf(({ path }) =>
        path.includes("/log?") ? answer(200, { count: 119, results: logOf(119).reverse() }) : answer(200, row({ log })),
      );
      const found = rowOf(await marketplace.read(readCall()));
      expect(found?.log.map(({ requestId }) => requestId)).toEqual(logOf(log ? 120 : 119).map((one) => one.request_id));
      expect(paths()).toEqual(["/v4/ad/listing-1", "/v4/ad/listing-1/log?limit=100&offset=0&ordering=-created"]);
    }
  });

  it("fails rather than show half a log", async () => {
    const { marketplace } = clientOf(({ path }) =>
      path.includes("/log?") ? answer(500, "") : answer(200, row({ log: logOf(100) })),
    );
    expect(await marketplace.read(readCall())).toEqual(failure("HTTP 500"));
  });

  it("gives each request its time, and all of them together three times that", async () => {
    let now = 0;
    const { httpCall, requests } = scriptedHttpCall(({ path }) => {
      now += 3_000;
      const offset = Number(new URL(path, "http://x").searchParams.get("offset"));
      return answer(200, path.includes("/log?") ? logOf(100, 900 - offset).reverse() : row({ log: null }));
    });
    const tokens = async () => "test-token";
    const marketplace = blocketMarketplace({ httpCall, tokens, now: () => now, readTimeoutMs: 5_000 });
    expect(await marketplace.read(readCall())).toMatchObject({ kind: "read" });
    expect(requests.map(({ deadline }) => deadline)).toEqual([5_000, 8_000, 11_000, 14_000, 15_000]);
    now = 0;
    const slow = blocketMarketplace({ httpCall, tokens, now: () => now, readTimeoutMs: 5_000, readBudgetMs: 7_000 });
    expect(await slow.read(readCall())).toEqual(failure("the deadline had passed"));
  });

  it.each(["x/bump", "..", ""])("makes no call for the listing id %j", async (listingId) => {
    const { marketplace, requests } = clientOf(() => answer(200, row()));
    expect(await marketplace.read(readCall({ listingId }))).toMatchObject({ kind: "failed", cause: "listing" });
    expect(requests).toEqual([]);
  });
});

const calls = (...listingIds: string[]) => listingIds.map((listingId) => readCall({ listingId }));
const kindsOf = (replies: ReadReply[]) =>
  replies.map((reply) => (reply.kind === "read" ? reply.snapshot.kind : reply.reason));

describe("reading many listings", () => {
  it("answers in the order asked for, with unlisted for what the list doesn't have", async () => {
    const rows = [row({ source_id: "b" }), row({ source_id: "a" }), row({ source_id: "not-asked" })];
    const { marketplace, paths } = clientOf(() => answer(200, { count: 3, next: null, results: rows }));
    const replies = await marketplace.readMany(calls("a", "x", "b", "a"));
    expect(replies.map((reply) => rowOf(reply)?.listingId ?? null)).toEqual(["a", null, "b", "a"]);
    expect(replies[1]).toEqual({ kind: "read", snapshot: { kind: "unlisted" } });
    expect(paths()).toEqual(["/v4/ad?source_id__in=a,x,b&include=log&ordering=created&limit=100&offset=0"]);
  });

  it("pages by its own offset up to the count, and never follows next", async () => {
    const rows = Array.from({ length: 7 }, (_, n) => row({ source_id: `l${n}`, id: `i${n}` }));
    const { marketplace, paths } = clientOf(({ path }) => {
      const offset = Number(new URL(path, "http://x").searchParams.get("offset"));
      return answer(200, { count: 7, next: "https://evil.example/steal", results: rows.slice(offset, offset + 3) });
    });
    const ids = rows.map(({ source_id }) => source_id);
    expect(kindsOf(await marketplace.readMany(calls(...ids)))).toEqual(ids.map(() => "found"));
    expect(paths().map((path) => path.split("offset=")[1])).toEqual(["0", "3", "6"]);
    expect(paths().every((path) => path.startsWith("/v4/ad?source_id__in="))).toBe(true);
  });

  it("ends at an empty page, whatever the count still promises", async () => {
    const pages = [[row({ source_id: "a" })], []];
    const { marketplace, paths } = clientOf((_, index) => answer(200, { count: 9, results: pages[index] ?? [] }));
    expect(kindsOf(await marketplace.readMany(calls("a", "b")))).toEqual(["found", "unlisted"]);
    expect(paths()).toHaveLength(2);
  });

  it.each([
    ["the page that we ask for", 100, 3],
    ["less than we ask for", 20, 8],
  ])("reads a bare array until a page is empty, where the server gives %s", async (_name, size, pages) => {
    const rows = Array.from({ length: 130 }, (_, n) => row({ source_id: n % 2 === 0 ? "a" : "b", id: `i${n}` }));
    const { marketplace, paths } = clientOf((_, index) => answer(200, rows.slice(index * size, index * size + size)));
    expect(kindsOf(await marketplace.readMany(calls("a", "b")))).toEqual(["found", "found"]);
    expect(paths()).toHaveLength(pages);
  });

  it("reads a bare array once more where the server pays no heed to the offset, and takes its rows once", async () => {
    const { marketplace, paths } = clientOf(() => answer(200, [row({ source_id: "a" })]));
    expect(kindsOf(await marketplace.readMany(calls("a", "b")))).toEqual(["found", "unlisted"]);
    expect(paths()).toHaveLength(2);
  });

  it("ends at a page after which the answer says that there is none", async () => {
    const { marketplace, paths } = clientOf(() => answer(200, { next: null, results: [row({ source_id: "a" })] }));
    expect(kindsOf(await marketplace.readMany(calls("a", "b")))).toEqual(["found", "unlisted"]);
    expect(paths()).toHaveLength(1);
  });

  it("takes the newest of several rows by time, in any order, with the entries of all", async () => {
    const rows = [
      row({ updated: "2025-01-15T10:00:00.9Z", state: "created", log: logOf(2) }),
      row({ updated: "2025-01-15T10:00:01Z", state: "deleted", log: logOf(2, 1) }),
      row({ updated: "2025-01-15T10:00:00Z", state: "created", log: logOf(1, 5) }),
      row({ updated: "2025-01-15T12:00:00Z", state: "created", dealer_code: "DEMO2", log: logOf(1, 9) }),
    ];
    for (const results of [rows, rows.toReversed(), [rows[1], rows[3], rows[0], rows[2]]]) {
      const [reply] = await clientOf(() => answer(200, results)).marketplace.readMany(calls("listing-1"));
      expect(rowOf(reply)).toMatchObject({ state: "deleted", dealerCode: "DEMO" });
      expect(rowOf(reply)?.log.map(({ requestId }) => requestId)).toEqual(["r0", "r1", "r2", "r5"]);
    }
  });

  it("reads the whole log when an older row's is cut, though the newest row's is not", async () => {
    const rows = [row({ updated: "2025-01-15T11:00:00Z", log: logOf(1, 200) }), row({ log: logOf(100, 50) })];
    const { marketplace } = clientOf(({ path }) => answer(200, path.includes("/log?") ? logOf(150).reverse() : rows));
    expect(rowOf((await marketplace.readMany(calls("listing-1")))[0])?.log).toHaveLength(151);
  });

  it("decides between rows of one time the same way in any order", async () => {
    const rows = [row({ id: "a", blocket_ad_id: "1" }), row({ id: "b", blocket_ad_id: "2" })];
    for (const results of [rows, rows.toReversed()]) {
      const [reply] = await clientOf(() => answer(200, results)).marketplace.readMany(calls("listing-1"));
      expect(rowOf(reply)?.blocketAdId).toBe("2");
    }
  });

  it("takes another dealer's row for nothing: a list proves no absence", async () => {
    const { marketplace } = clientOf(() => answer(200, [row({ dealer_code: "DEMO2" })]));
    expect(kindsOf(await marketplace.readMany(calls("listing-1")))).toEqual(["unlisted"]);
  });

  it("fails all that was not read yet once a request fails, and asks no more", async () => {
    const { marketplace, requests } = clientOf(({ path }) => {
      if (path.includes("/b/log")) return answer(429, "", { "retry-after": "3" });
      const results = [
        row({ source_id: "a" }),
        row({ source_id: "b", log: undefined }),
        row({ source_id: "c", log: undefined }),
      ];
      return answer(200, { count: 3, results });
    });
    const replies = await marketplace.readMany(calls("a", "b", "c", "d"));
    expect(kindsOf(replies)).toEqual(["found", "HTTP 429", "HTTP 429", "unlisted"]);
    expect(replies[2]).toMatchObject({ cause: "throttled", retryAfterMs: 3_000 });
    expect(requests).toHaveLength(2);
  });

  it("fails every listing when the list fails", async () => {
    const { marketplace } = clientOf(() => answer(200, "<html>"));
    expect(kindsOf(await marketplace.readMany(calls("a", "b")))).toEqual(Array(2).fill("unreadable 2xx (HTTP 200)"));
    expect(kindsOf(await clientOf(() => answer(404, {})).marketplace.readMany(calls("a")))).toEqual([
      "the list of ads is not readable",
    ]);
  });

  it("fails the listing of a row it can't read, and those it may have missed when a row names none", async () => {
    const broken = clientOf(() => answer(200, [row({ source_id: "a", state: 7 }), row({ source_id: "b" })]));
    expect(kindsOf(await broken.marketplace.readMany(calls("a", "b", "c")))).toEqual([
      "unreadable row",
      "found",
      "unlisted",
    ]);
    expect(await broken.marketplace.readMany(calls("a"))).toEqual([failure("unreadable row", "listing")]);
    const nameless = clientOf(() => answer(200, [null, row({ source_id: "b" })]));
    expect(kindsOf(await nameless.marketplace.readMany(calls("b", "c")))).toEqual(["found", "unreadable row"]);
  });

  it("reads an id with a comma alone, and no id that could change the path", async () => {
    const { marketplace, paths } = clientOf(({ path }) =>
      path.startsWith("/v4/ad?")
        ? answer(200, { count: 1, results: [row({ source_id: "a" })] })
        : answer(200, row({ source_id: "x,y" })),
    );
    expect(kindsOf(await marketplace.readMany(calls("a", "x,y", "a/bump")))).toEqual([
      "found",
      "found",
      "the listing id cannot stand in a path",
    ]);
    expect(paths()[1]).toBe("/v4/ad/x%2Cy");
    expect(paths()).toHaveLength(2);
  });

  it("splits a query that would grow too long", async () => {
    const ids = Array.from({ length: 50 }, (_, n) => `${"å".repeat(150)}${n}`);
    const { marketplace, paths } = clientOf(({ path }) => {
      const asked = new URL(path, "http://x").searchParams.get("source_id__in")?.split(",") ?? [];
      return answer(
        200,
        asked.map((source_id) => row({ source_id })),
      );
    });
    expect(kindsOf(await marketplace.readMany(calls(...ids)))).toEqual(ids.map(() => "found"));
    expect(Math.max(...paths().map((path) => path.length))).toBeLessThan(4_200);
  });

  it("gives up a list without an end", async () => {
    const { marketplace, requests } = clientOf(() => answer(200, { count: 1e9, results: [row()] }));
    expect(await marketplace.readMany(calls("listing-1"))).toMatchObject([{ kind: "failed" }]);
    expect(requests.length).toBeLessThanOrEqual(10);
  });

  it("asks nothing for nothing, and is not made for more than 50 or for two tokens", async () => {
    const { marketplace, requests } = clientOf(() => answer(200, []));
    expect(await marketplace.readMany([])).toEqual([]);
    await expect(marketplace.readMany(calls(...Array(51).fill("a")))).rejects.toThrow("50");
    await expect(marketplace.readMany([readCall(), readCall({ tokenId: "other" })])).rejects.toThrow("one token");
    expect(requests).toEqual([]);
  });
});
