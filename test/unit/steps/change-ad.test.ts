import { describe, expect, it } from "vitest";
import type { Ad, OutboxRow, Wish } from "#shared/ad/ad.ts";
import { productionWaits } from "#shared/contracts/waits.ts";
import { changeAd } from "#shared/steps/change-ad.ts";
import type { AdTable } from "#shared/steps/ports.ts";
import { fakeAdTable } from "#test/support/aws/fake-ad-table.ts";
import { sampleAd, sampleEvent, volvo } from "#test/support/aws/sample-ads.ts";

const circumstances = { now: () => 1_000, newId: () => "id", random: () => 0.5 };
const waits = productionWaits;
const eventRow = (sequence: number): OutboxRow => ({ kind: "ad-event", event: sampleEvent({ sequence }) });

describe("changeAd with the ad at hand", () => {
  const mark = async (ad: Ad) => ({ ad: { ...ad, askedAt: 7 }, result: ad.sequence });
  const setUp = async () => {
    const table = fakeAdTable();
    await table.save(sampleAd(volvo), null);
    let loads = 0;
    const load: AdTable["load"] = (key) => {
      loads += 1;
      return table.load(key);
    };
    const stored = (await table.load(volvo)) as Ad;
    return { table: { ...table, load }, stored, loads: () => loads };
  };

  it("does not load it", async () => {
    const { table, stored, loads } = await setUp();
    const { ad } = await changeAd({ table, circumstances, waits }, stored, mark);
    expect([ad.version, ad.askedAt, loads()]).toEqual([2, 7, 0]);
  });

  it("loads it where somebody else was faster, and decides on that", async () => {
    const { table, stored, loads } = await setUp();
    await table.save({ ...stored, sequence: 9 }, null);
    const { ad, result } = await changeAd({ table, circumstances, waits }, stored, mark);
    expect([ad.version, ad.sequence, result, loads()]).toEqual([3, 9, 9, 1]);
  });
});

describe("an ad's place in the due index", () => {
  const told = (rows: OutboxRow[]) => async (ad: Ad) => ({ ad: { ...ad, outbox: rows }, result: null });
  const event = { source: "dms", id: "1" };
  const waiting = (notBefore: number): Wish => ({
    ...{ owes: true, repairs: 0, isChecked: false, stallTold: false, notBefore, want: { kind: "no-ad" } },
    ...{ order: { sequence: null, time: 0, receivedAt: 0, place: 0 }, event, acceptedAt: 0, listingIds: "uuid" },
    state: "waiting",
  });
  const placeAfter = async (before: Partial<Ad>, change: (ad: Ad) => Promise<{ ad: Ad; result: null }>) => {
    const table = fakeAdTable();
    await table.save(sampleAd(volvo, before), 1);
    await changeAd({ table, circumstances, waits }, volvo, change);
    return table.dueAt(volvo);
  };
  const wish = (notBefore: number) => async (ad: Ad) => ({ ad: { ...ad, wish: waiting(notBefore) }, result: null });

  it("is left where it is when its time moves back by seconds", async () => {
    expect(await placeAfter({ wish: waiting(900) }, wish(1_000 + waits.retryFirstMs))).toBe(900);
  });

  it("follows a time that moves back by more, or forward", async () => {
    expect(await placeAfter({ wish: waiting(900) }, wish(1_001 + waits.retryFirstMs))).toBe(1_001 + waits.retryFirstMs);
    expect(await placeAfter({ wish: waiting(900) }, wish(800))).toBe(800);
  });

  it("ends when nothing is to be done", async () => {
    expect(await placeAfter({ outbox: [eventRow(1)] }, told([]))).toBeNull();
  });
});
