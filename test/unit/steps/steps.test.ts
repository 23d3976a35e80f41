import { describe, expect, it } from "vitest";
import type { Ad, OutboxRow } from "#shared/ad/ad.ts";
import { RetryableError } from "#shared/contracts/errors.ts";
import { productionWaits } from "#shared/contracts/waits.ts";
import { assertChain } from "#shared/steps/assert-chain.ts";
import { changeAd } from "#shared/steps/change-ad.ts";
import { emptyOutbox } from "#shared/steps/empty-outbox.ts";
import { withToken } from "#shared/steps/find-token.ts";
import type { AdTable, Chain } from "#shared/steps/ports.ts";
import { fakeAdTable } from "#test/support/aws/fake-ad-table.ts";
import { fakeChainTable } from "#test/support/aws/fake-chain-table.ts";
import { fakeEventBus } from "#test/support/aws/fake-event-bus.ts";
import { fakePollQueue } from "#test/support/aws/fake-poll-queue.ts";
import { sampleAd, sampleEvent, sampleReceipt, volvo } from "#test/support/aws/sample-ads.ts";

const circumstances = { now: () => 1_000, newId: () => "id", random: () => 0.5 };
const waits = productionWaits;
const eventRow = (sequence: number): OutboxRow => ({ kind: "ad-event", event: sampleEvent({ sequence }) });
const receiptRow = (eventId: string): OutboxRow => ({ kind: "receipt", receipt: sampleReceipt({ eventId }) });

/** A table that looks away for the first saves: each time somebody else has been faster. */
function contested(table: AdTable, times: number): AdTable & { saves: () => number } {
  let saves = 0;
  const save: AdTable["save"] = async (ad, dueAt) => {
    saves += 1;
    if (saves <= times) {
      const stored = (await table.load(ad.key)) ?? sampleAd(ad.key);
      await table.save({ ...stored, sequence: stored.sequence + 1 }, null);
    }
    return table.save(ad, dueAt);
  };
  return { ...table, save, saves: () => saves };
}

describe("changeAd", () => {
  const mark = async (ad: Ad) => ({ ad: { ...ad, askedAt: 7 }, result: ad.sequence });

  it("begins with a new record where there is none, and hands back what was stored", async () => {
    const table = fakeAdTable();
    const { ad } = await changeAd({ table, circumstances, waits }, volvo, mark);
    expect(ad).toEqual(await table.load(volvo));
    expect(ad).toMatchObject({ version: 1, askedAt: 7 });
  });

  it("decides anew on what a faster writer stored", async () => {
    const table = contested(fakeAdTable(), 2);
    const { ad, result } = await changeAd({ table, circumstances, waits }, volvo, mark);
    expect([result, ad.sequence, ad.version, ad.askedAt]).toEqual([2, 2, 3, 7]);
  });

  it("gives up after twenty lost races, for the message to come again", async () => {
    const table = contested(fakeAdTable(), 99);
    await expect(changeAd({ table, circumstances, waits }, volvo, mark)).rejects.toThrow(RetryableError);
    expect(table.saves()).toBe(20);
  });

  it("does not write what the decision left as it was", async () => {
    const table = contested(fakeAdTable(), 0);
    await changeAd({ table, circumstances, waits }, volvo, async (ad) => ({ ad, result: null }));
    expect(table.saves()).toBe(0);
  });
});

describe("emptyOutbox", () => {
  const setUp = async (outbox: OutboxRow[]) => {
    const table = fakeAdTable();
    const bus = fakeEventBus();
    await table.save(sampleAd(volvo, { outbox }), 0);
    const ad = (await table.load(volvo)) as Ad;
    const empty = (ports = {}) => emptyOutbox({ table, bus, circumstances, waits, logTold: () => {}, ...ports }, ad);
    const left = async () => (await table.load(volvo))?.outbox;
    return { table, bus, ad, empty, left };
  };

  it("writes history and receipts, tells the bus in order, and clears", async () => {
    const { table, bus, empty, left } = await setUp([eventRow(1), receiptRow("1"), eventRow(2)]);
    await empty();
    expect(bus.published().map(({ metadata }) => metadata.sequence)).toEqual([1, 2]);
    expect(table.history(volvo)).toEqual(bus.published());
    expect(table.receipts(volvo)).toMatchObject([{ eventId: "1" }]);
    expect(await left()).toEqual([]);
    expect(table.dueAt(volvo)).toBeNull();
  });

  it("keeps all from the first event on that the bus did not take", async () => {
    const rows = [eventRow(1), receiptRow("1"), eventRow(2), receiptRow("2"), eventRow(3)];
    const { bus, empty, left } = await setUp(rows);
    bus.refuse(({ metadata }) => metadata.sequence === 2);
    await empty();
    expect(await left()).toEqual(rows.slice(2));
  });

  it("goes on with what came meanwhile, which its writer left to us", async () => {
    const { table, ad, bus, left } = await setUp([eventRow(1)]);
    const publish = async (events: Parameters<typeof bus.publish>[0]) => {
      if (bus.published().length === 0) {
        await table.save({ ...ad, outbox: [...ad.outbox, eventRow(2)] }, 0);
      }
      return bus.publish(events);
    };
    await emptyOutbox({ table, bus: { publish }, circumstances, waits, logTold: () => {} }, ad);
    expect(bus.published().map(({ metadata }) => metadata.sequence)).toEqual([1, 2]);
    expect(await left()).toEqual([]);
  });

  it("clears nothing when the bus fails; telling it again tells the same", async () => {
    const { bus, empty, left } = await setUp([eventRow(1), receiptRow("1")]);
    const broken = { publish: () => Promise.reject(new RetryableError("down")) };
    await expect(empty({ bus: broken })).rejects.toThrow("down");
    expect(await left()).toHaveLength(2);
    await empty();
    await empty();
    const [first, again] = bus.published();
    expect(again).toEqual(first);
  });

  it("does not trouble a bus with receipts alone", async () => {
    const { empty, left } = await setUp([receiptRow("1")]);
    await empty({ bus: { publish: () => Promise.reject(new Error("nothing to publish")) } });
    expect(await left()).toEqual([]);
  });
});

describe("assertChain", () => {
  const setUp = async (row: Partial<Chain> | null) => {
    const chains = fakeChainTable();
    const pollQueue = fakePollQueue({ now: circumstances.now });
    const pass = { after: "x", passAt: 2, readsSince: 1, readsPausedUntil: 9 };
    const whole = {
      tokenId: "group",
      round: 4,
      nextAt: 0,
      emptySince: 0,
      asleep: false,
      pace: 1,
      adsPerRead: 5,
      ...pass,
    };
    if (row !== null) {
      await chains.create({ ...whole, ...row });
    }
    return { chains, pollQueue, ports: { chains, pollQueue, circumstances, waits } };
  };

  it.each<[string, Partial<Chain> | null, number, number[]]>([
    ["begins one where there is none", null, 1, [1]],
    ["wakes one that sleeps, by its next number", { asleep: true }, 5, [5]],
    ["leaves a running one alone", { asleep: false }, 4, []],
  ])("%s", async (_name, row, round, sent) => {
    const { chains, pollQueue, ports } = await setUp(row);
    await assertChain(ports, "group");
    expect(chains.chains()).toMatchObject([{ round, asleep: false }]);
    expect(pollQueue.messages().map((message) => (message.kind === "round" ? message.round : null))).toEqual(sent);
  });

  it("sends one message when two deliveries wake it at once", async () => {
    const { chains, pollQueue, ports } = await setUp({ asleep: true });
    await Promise.all([assertChain(ports, "group"), assertChain(ports, "group")]);
    expect([chains.chains()[0]?.round, pollQueue.messages().length]).toEqual([5, 1]);
  });
});

describe("withToken", () => {
  const tokens = (tokenId: string | null) => ({
    findForDealer: async () => (tokenId === null ? null : { tokenId }),
    versionOf: async () => "v1",
  });

  it.each<[string | null, Ad["key"], string]>([
    ["renamed", volvo, "renamed"],
    [null, volvo, "unassigned"],
    ["group", { source: "dms" }, "unassigned"],
  ])("a token named %s: %o goes by %s", async (tokenId, key, expected) => {
    expect((await withToken(tokens(tokenId), sampleAd(key))).tokenId).toBe(expected);
  });

  it("hands back the very ad where nothing has changed", async () => {
    const ad = sampleAd(volvo);
    expect(await withToken(tokens("group"), ad)).toBe(ad);
  });
});
