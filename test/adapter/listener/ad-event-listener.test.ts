import { GetItemCommand } from "@aws-sdk/client-dynamodb";
import { beforeEach, describe, expect, it } from "vitest";
import {
  AdIsHeldError,
  adEventListener,
  type Gap,
  type Handle,
  type ListenerOptions,
} from "#listener/ad-event-listener.ts";
import { dynamoHeardAds } from "#listener/dynamo-heard-ads.ts";
import { type HeardAds, mostHandled, unheard } from "#listener/heard-ad.ts";
import { memoryHeardAds } from "#listener/memory-heard-ads.ts";
import { NotAnAdEventError } from "#listener/read-delivery.ts";
import type { AdEventType } from "#shared/contracts/ad-event.ts";
import { localTables } from "#test/support/aws/local-tables.ts";
import { loseAnswers } from "#test/support/aws/lose-answers.ts";

const openTable = localTables();

async function onDynamoDb(listener = "shop") {
  const { client, tableName } = await openTable();
  return { client, tableName, heardAds: dynamoHeardAds({ client, tableName, listener }) };
}

type Told = { type?: AdEventType | "AdShared"; id?: string; late?: true; replay?: boolean; itemId?: string | null };

function delivery(sequence: number, { type = "AdPublished", id, late, replay = false, itemId = "car-1" }: Told = {}) {
  const dealerCode = itemId === null ? null : "DEMO";
  const metadata = { id: id ?? `fact-${sequence}`, schemaVersion: 1, dealerCode, itemId, sequence, replay };
  return { "detail-type": type, detail: { metadata, data: { source: "dms", ...(late && { late }) } } };
}

describe.each<[string, () => Promise<HeardAds>]>([
  ["memoryHeardAds", async () => memoryHeardAds()],
  ["dynamoHeardAds", async () => (await onDynamoDb()).heardAds],
])("a listener that remembers in %s", (_, open) => {
  let heardAds: HeardAds;
  let handled: string[];
  let gaps: Gap[];
  const clock = { now: 1_700_000_000_000 };

  beforeEach(async () => {
    heardAds = await open();
    [handled, gaps] = [[], []];
  });

  function listener(change: Partial<ListenerOptions> = {}) {
    const note: Handle<AdEventType> = ({ metadata }, { isCurrent }) =>
      void handled.push(`${metadata.itemId} ${metadata.sequence}${isCurrent ? "" : " old"}`);
    return adEventListener({
      heardAds,
      on: { AdPublished: note, AdDeleted: note, AdErrored: note, AdUpdated: note },
      onGap: (gap) => void gaps.push(gap),
      now: () => clock.now,
      ...change,
    });
  }

  it("handles each event once, however often it comes", async () => {
    const hear = listener();
    const outcomes = [];
    for (const sequence of [1, 1, 2, 1, 2]) {
      outcomes.push(await hear(delivery(sequence)));
    }
    expect(outcomes).toEqual(["handled", "repeat", "handled", "repeat", "repeat"]);
    expect(handled).toEqual(["car-1 1", "car-1 2"]);
    expect(gaps).toEqual([]);
  });

  it("keeps ads apart, and the rejected events that name none", async () => {
    const hear = listener();
    await hear(delivery(1));
    await hear(delivery(1, { itemId: "car-2", id: "another" }));
    await hear(delivery(1, { itemId: null, id: "a third", type: "InventoryEventRejected" }));
    expect(handled).toEqual(["car-1 1", "car-2 1"]);
    expect(gaps).toEqual([]);
  });

  it("tells of facts that are missing, before it handles the one behind them", async () => {
    const hear = listener({ onGap: (gap) => void handled.push(`missing ${gap.missing}`) });
    await hear(delivery(1));
    await hear(delivery(4));
    await hear(delivery(5));
    expect(handled).toEqual(["car-1 1", "missing 2,3", "car-1 4", "car-1 5"]);
  });

  it("says of a gap whose it is, and whether anything was heard of the ad before", async () => {
    const hear = listener();
    await hear(delivery(3));
    await hear(delivery(5));
    const ad = { dealerCode: "DEMO", itemId: "car-1" };
    expect(gaps).toEqual([
      { ...ad, missing: [1, 2], isFirst: true },
      { ...ad, missing: [4], isFirst: false },
    ]);
  });

  it("handles what comes behind a newer one of its kind as what held once", async () => {
    const hear = listener();
    await hear(delivery(1));
    await hear(delivery(4, { type: "AdDeleted" }));
    await hear(delivery(3));
    await hear(delivery(2, { type: "AdErrored" }));
    expect(handled).toEqual(["car-1 1", "car-1 4", "car-1 3 old", "car-1 2"]);
  });

  it("takes no late fact for what holds, and lets none hide what does", async () => {
    const hear = listener();
    await hear(delivery(2, { late: true, type: "AdDeleted" }));
    await hear(delivery(1));
    expect(handled).toEqual(["car-1 2 old", "car-1 1"]);
  });

  it("remembers a detail-type that it doesn't know, and lets it pass", async () => {
    const hear = listener();
    expect(await hear(delivery(1, { type: "AdShared" }))).toBe("handled");
    await hear(delivery(2));
    expect([handled, gaps]).toEqual([["car-1 2"], []]);
  });

  it("handles an event again that failed, at once", async () => {
    let failures = 1;
    const on: ListenerOptions["on"] = {
      AdPublished: ({ metadata }) => {
        if (failures-- > 0) {
          throw new Error("the shop is closed");
        }
        handled.push(metadata.id);
      },
    };
    const hear = listener({ on });
    await expect(hear(delivery(1))).rejects.toThrow("the shop is closed");
    expect(await hear(delivery(1))).toBe("handled");
    expect(handled).toEqual(["fact-1"]);
  });

  it("handles an event again when the process died between handling and remembering, once it is no longer held", async () => {
    let isDying = true;
    const dying: HeardAds = {
      load: (ad) => heardAds.load(ad),
      // A process that is dead saves nothing more.
      save: async (ad, heard) => {
        if (isDying && heard.held === null) {
          throw new Error("dead");
        }
        return heardAds.save(ad, heard);
      },
    };
    const hear = listener({ heardAds: dying, holdMs: 60_000 });
    await expect(hear(delivery(1))).rejects.toThrow("dead");
    isDying = false;
    await expect(hear(delivery(1))).rejects.toBeInstanceOf(AdIsHeldError);
    clock.now += 60_000;
    expect(await hear(delivery(1))).toBe("handled");
    expect(await hear(delivery(1))).toBe("repeat");
    expect(handled).toEqual(["car-1 1", "car-1 1"]);
  });

  it("handles one event of an ad at a time, whoever listens, and of another ad meanwhile", async () => {
    const { promise: isOpen, resolve: goOn } = Promise.withResolvers<void>();
    const { promise: hasBegun, resolve: begin } = Promise.withResolvers<void>();
    const slow = listener({
      on: {
        AdPublished: async () => {
          begin();
          await isOpen;
        },
      },
    });
    const first = slow(delivery(1));
    await hasBegun;
    const others = await Promise.allSettled([
      listener()(delivery(1)),
      listener()(delivery(2)),
      listener()(delivery(1, { itemId: "car-2", id: "another" })),
    ]);
    goOn();
    expect(await first).toBe("handled");
    expect(others.map(({ status }) => status)).toEqual(["rejected", "rejected", "fulfilled"]);
    expect(await listener()(delivery(2))).toBe("handled");
    expect(handled).toEqual(["car-2 1", "car-1 2"]);
  });

  it("lets go of nothing but its own event, when it took longer than it may", async () => {
    const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
    const begun = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
    const on: ListenerOptions["on"] = {
      AdPublished: async ({ metadata }) => {
        begun[metadata.sequence - 1]?.resolve();
        await gates[metadata.sequence - 1]?.promise;
      },
    };
    const hear = listener({ on, holdMs: 60_000 });
    const first = hear(delivery(1));
    await begun[0].promise;
    clock.now += 60_000;
    const second = hear(delivery(2));
    await begun[1].promise;
    gates[0].resolve();
    await first;
    await expect(hear(delivery(3))).rejects.toBeInstanceOf(AdIsHeldError);
    gates[1].resolve();
    await second;
    expect([await hear(delivery(1)), await hear(delivery(2)), await hear(delivery(3))]).toEqual([
      "repeat",
      "repeat",
      "handled",
    ]);
  });

  it("lets one of many begin that come at the same instant", async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => listener()(delivery(1))));
    expect(handled).toEqual(["car-1 1"]);
    expect(outcomes.filter((outcome) => outcome.status === "fulfilled" && outcome.value === "handled")).toHaveLength(1);
  });

  it("hears of a replay what it missed, in its place, and nothing twice", async () => {
    const hear = listener();
    await hear(delivery(1));
    await hear(delivery(3));
    for (const sequence of [1, 2, 3]) {
      await hear(delivery(sequence, { replay: true }));
    }
    expect(handled).toEqual(["car-1 1", "car-1 3", "car-1 2 old"]);
  });

  it("handles a whole replay once more where it is told to, and still no repeat", async () => {
    const hear = listener({ replays: "all" });
    await hear(delivery(1));
    await hear(delivery(2));
    await hear(delivery(2));
    await hear(delivery(1, { replay: true }));
    await hear(delivery(2, { replay: true }));
    expect(handled).toEqual(["car-1 1", "car-1 2", "car-1 1 old", "car-1 2"]);
    expect(gaps).toEqual([]);
  });

  it("goes on where the bridge counts from an earlier point, as after its table was restored", async () => {
    const hear = listener();
    for (const sequence of [1, 2, 3]) {
      await hear(delivery(sequence));
    }
    await hear(delivery(2, { id: "told anew" }));
    await hear(delivery(3, { id: "and this" }));
    await hear(delivery(3));
    expect(handled).toEqual(["car-1 1", "car-1 2", "car-1 3", "car-1 2", "car-1 3"]);
    expect(gaps).toEqual([]);
  });

  it("knows the latest facts of an ad by their ids, and no more than that", async () => {
    const handledNow = Array.from({ length: mostHandled }, (__, place) => [place + 1, `fact-${place + 1}`] as const);
    const ad = JSON.stringify(["DEMO", "car-1"]);
    await heardAds.save(ad, { ...unheard, newest: mostHandled, handled: handledNow });
    const hear = listener();
    expect(await hear(delivery(1))).toBe("repeat");
    await hear(delivery(mostHandled + 1));
    expect((await heardAds.load(ad))?.handled).toHaveLength(mostHandled);
    expect(await hear(delivery(2))).toBe("repeat");
    expect(await hear(delivery(1))).toBe("handled");
    expect(handled).toEqual([`car-1 ${mostHandled + 1}`, "car-1 1 old"]);
  });

  it.each([
    ["nothing", null],
    ["a canary", { "detail-type": "BridgeCanary", detail: { version: 1, sentAt: 1 } }],
    ["an event without an id", { "detail-type": "AdPublished", detail: { metadata: { sequence: 1 }, data: {} } }],
  ])("refuses %s in one sentence", async (__, other) => {
    const refused = listener()(other as ReturnType<typeof delivery>);
    await expect(refused).rejects.toBeInstanceOf(NotAnAdEventError);
  });
});

describe.each<[string, () => Promise<HeardAds>]>([
  ["memoryHeardAds", async () => memoryHeardAds()],
  ["dynamoHeardAds", async () => (await onDynamoDb()).heardAds],
])("%s", (_, open) => {
  it("stores over the revision that was loaded and over no other", async () => {
    const heardAds = await open();
    expect(await heardAds.load("ad")).toBeNull();
    expect(await heardAds.save("ad", { ...unheard, revision: 1 })).toBe("conflict");
    expect(await heardAds.save("ad", { ...unheard, newest: 1 })).toBe("saved");
    expect(await heardAds.save("ad", { ...unheard, newest: 2 })).toBe("conflict");
    expect(await heardAds.load("ad")).toEqual({ ...unheard, newest: 1, revision: 1 });
  });
});

describe("dynamoHeardAds on DynamoDB", () => {
  it("knows its own write when its answer was lost", async () => {
    const { client, heardAds } = await onDynamoDb();
    loseAnswers(client);
    expect(await heardAds.save("ad", unheard)).toBe("saved");
  });

  it("keeps listeners apart that share a table", async () => {
    const { client, tableName, heardAds } = await onDynamoDb("shop");
    await heardAds.save("ad", unheard);
    expect(await dynamoHeardAds({ client, tableName, listener: "mail" }).load("ad")).toBeNull();
  });

  it("lets an ad expire so many days after its last event", async () => {
    const { client, tableName } = await onDynamoDb();
    const heardAds = dynamoHeardAds({ client, tableName, listener: "shop", keepDays: 2, now: () => 1_000_000 });
    await heardAds.save("ad", unheard);
    const key = { pk: { S: "ad" }, sk: { S: "shop" } };
    const { Item } = await client.send(new GetItemCommand({ TableName: tableName, Key: key }));
    expect(Item?.expiresAt).toEqual({ N: String(1_000 + 2 * 24 * 60 * 60) });
  });
});
