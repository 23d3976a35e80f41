import { describe, expect, it } from "vitest";
import { type Ad, newAd, type Submission } from "#shared/ad/ad.ts";
import { clearTold, enteredAt, giveReceipt, holdsEvent, tell } from "#shared/ad/outbox.ts";
import { toPast } from "#shared/ad/watch.ts";
import type { AdEvent, MarketplaceError } from "#shared/contracts/ad-event.ts";
import type { Receipt } from "#shared/contracts/receipt.ts";
import { accepted, car, dawn, inDoubt, log, startLife } from "./ad-life.ts";

const complaint = (message: string, pointer: string | null = null): MarketplaceError => ({
  code: "invalid",
  pointer,
  message,
});

function tellError(ad: Ad, errors: MarketplaceError[], evidence: (string | number)[] = [1], correlationId = "1") {
  const fact = { type: "AdErrored" as const, data: { stage: "submission", errors }, listingId: "listing-1", evidence };
  tell(ad, { ...fact, occurredAt: "2026-01-05T08:00:00.000Z", correlationId, causationId: null }, dawn);
  return ad.outbox.at(-1) as { kind: "ad-event"; event: Extract<AdEvent, { type: "AdErrored" }> };
}

const item = { dealerCode: "DEMO", itemId: "item-1" };
const receipt = (eventId: string): Receipt => ({ source: "dms", eventId, outcome: "applied", reason: "x", at: dawn });
const sizeOf = ({ metadata, data }: AdEvent) => Buffer.byteLength(JSON.stringify({ metadata, data }));

describe("tell", () => {
  it("counts 1, 2, 3 per ad, receipts between or not", () => {
    const ad = newAd(item);
    tellError(ad, [], ["a"]);
    giveReceipt(ad, receipt("1"));
    tellError(ad, [], ["b"]);
    expect(ad.outbox.flatMap((row) => (row.kind === "ad-event" ? [row.event.metadata.sequence] : []))).toEqual([1, 2]);
  });

  it("names a fact by its evidence alone", () => {
    const idOf = (evidence: (string | number)[], key: Ad["key"] = item) =>
      tellError(newAd(key), [], evidence).event.metadata.id;
    const ids = [idOf([1]), idOf([2]), idOf(["1"]), idOf([1, 2]), idOf([1], { ...item, itemId: "item-2" })];
    expect(new Set(ids).size).toBe(ids.length);
    expect(idOf([1])).toBe(ids[0]);
    expect(ids[0]).toMatch(/^[\w-]{32}$/);
  });

  it("says the same to the byte when nothing but our clock is the same", () => {
    const texts = [0, 0].map(() => JSON.stringify(tellError(newAd(item), [complaint("x")])));
    expect(texts[0]).toBe(texts[1]);
  });

  it.each([
    ["few complaints", 3, 100],
    ["many", 1_000, 100],
    ["long ones", 50, 5_000],
    ["one that is longer than everything", 1, 200_000],
  ])("keeps a detail of %s under 16 KiB, and says so where it cuts", (_name, count, length) => {
    const errors = Array.from({ length: count }, (_, place) => complaint(`${place}${"å".repeat(length)}`, "/price"));
    const { event } = tellError(newAd(item), errors);
    const isCut = count * length > 7_000;
    expect(sizeOf(event)).toBeLessThanOrEqual(16 * 1024);
    expect(event.data.errors.at(-1)?.code).toBe(isCut ? "truncated" : "invalid");
    expect(event.data.errors.length).toBeGreaterThan(isCut ? 1 : 0);
    expect(event.data.errors[0]?.message.slice(0, 5)).toBe(errors[0]?.message.slice(0, 5));
  });

  it("keeps the detail under 16 KiB under the longest ids too", () => {
    const errors = Array.from({ length: 14 }, () => complaint("x".repeat(1_045)));
    const longest = "å".repeat(200);
    const { event } = tellError(newAd({ ...item, itemId: longest }), errors, [1], longest);
    expect(sizeOf(event)).toBeLessThanOrEqual(16 * 1024);
  });

  it("carries the trace of an event that has ended, as long as it is watched", () => {
    const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    const life = startLife();
    life.want("1", car(), { traceparent });
    life.step();
    life.reply(inDoubt);
    const [submission] = life.ad().submissions;
    const past = { ...toPast(life.ad(), submission as Submission), endedAt: dawn };
    const listings = life.ad().listings.map((listing) => ({ ...listing, past: [past] }));
    const ended = { ...life.ad(), wish: null, submissions: [], listings };
    expect(tellError(ended, [], [1], "1").event.metadata).toMatchObject({ traceparent });
    expect(tellError(ended, [], [2], "2").event.metadata).not.toHaveProperty("traceparent");
  });

  it("carries the trace of the event that it is about, of several: of a submission, and of a wish that none carries", () => {
    const trace = (digit: string) => `00-${digit.repeat(32)}-00f067aa0ba902b7-01`;
    const life = startLife();
    life.want("1", car(1), { traceparent: trace("1") });
    life.step();
    life.reply(accepted);
    life.want("2", car(2, { category_fields: { registration_number: "XYZ789" } }), { traceparent: trace("2") });
    life.observe(log("r1 create error"), { blocketAdId: null });
    life.stall();
    life.step();
    life.validation({ kind: "refused", errors: [] });
    const traces = life.told().map(({ type, metadata }) => [type, metadata.correlationId, metadata.traceparent]);
    expect(traces).toEqual([
      ["AdErrored", "1", trace("1")],
      ["AdStalled", "1", trace("1")],
      ["AdErrored", "2", trace("2")],
    ]);
  });

  it("says that it is no replay", () => {
    expect(tellError(newAd(item), []).event.metadata).toMatchObject({ replay: false, schemaVersion: 1 });
  });
});

describe("clearTold", () => {
  it("takes out what was told and keeps what came meanwhile", () => {
    const ad = newAd(item);
    tellError(ad, [], ["a"]);
    giveReceipt(ad, receipt("1"));
    const told = structuredClone(ad.outbox);
    tellError(ad, [], ["b"]);
    giveReceipt(ad, receipt("2"));
    const left = clearTold(ad, told).outbox;
    expect(left.map((row) => (row.kind === "receipt" ? row.receipt.eventId : row.event.metadata.sequence))).toEqual([
      2,
      "2",
    ]);
  });

  it("tells receipts of one id from two sources apart", () => {
    const ad = newAd(item);
    giveReceipt(ad, receipt("1"));
    giveReceipt(ad, { ...receipt("1"), source: "other" });
    expect(clearTold(ad, ad.outbox.slice(0, 1)).outbox).toMatchObject([{ receipt: { source: "other" } }]);
  });
});

describe("enteredAt", () => {
  it("is our clock's time for both kinds of row", () => {
    const ad = newAd(item);
    tellError(ad, []);
    giveReceipt(ad, receipt("1"));
    expect(ad.outbox.map(enteredAt)).toEqual([dawn, dawn]);
  });
});

describe("holdsEvent", () => {
  it("knows an event as the wish, in a submission, and by the receipt owed", () => {
    const life = startLife();
    life.want("1");
    life.step();
    life.remove("2");
    tellError(life.ad(), []);
    giveReceipt(life.ad(), receipt("3"));
    const holds = (id: string, source = "dms") => holdsEvent(life.ad(), { source, id });
    expect(["1", "2", "3", "4"].map((id) => holds(id))).toEqual([true, true, true, false]);
    expect(holds("1", "other")).toBe(false);
  });
});
