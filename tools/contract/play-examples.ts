import type { AdEvent, AdEventType } from "#shared/contracts/ad-event.ts";
import type { ListingDocument } from "#shared/contracts/listing-document.ts";
import type { VehicleType } from "#shared/contracts/vehicle-types.ts";
import type { Asked, Change, History, Item } from "#test/support/histories/history.ts";
import { playHistory } from "#test/support/histories/play-history.ts";
import { readExample } from "./published-examples.ts";

const minute = 60_000;

/** The published example of a vehicle type, changed a little: what is sent, one after the other, for one item. */
function itemOf(vehicleType: VehicleType, itemId: string, changes: Partial<ListingDocument>[]): Item {
  const { ad } = readExample(vehicleType).data as { ad: ListingDocument };
  const documents = changes.map((change) => ({ vehicleType, ad: { ...ad, ...change } as ListingDocument }));
  return { source: "dms", dealerCode: "DEMO", itemId, documents };
}

/** What is asked for of one item, 10 minutes apart. */
function asked(item: number, name: string, ...all: Asked[]): Change[] {
  return all.map((what, place) => {
    const at = place * 10 * minute;
    return { at, item, id: `dms-${name}-${place + 1}`, time: at, sequence: null, asked: what };
  });
}

const upsert = (document: number): Asked => ({ kind: "upsert", document });

const calm = { seed: 1, storm: "none", marketplace: {}, waits: {}, outages: [], calmAt: 0 } as const;

const car = readExample("car").data as { ad: ListingDocument };

/** The lives of four items: one has all that can end well, one is hidden, one is refused, one is sent with a mistake in it. */
const ordinary: History = {
  ...calm,
  outages: [],
  items: [
    itemOf("car", "car-4711", [{ image_urls: ["https://broken.example/1.jpg"] }, { visible: false }]),
    itemOf("motorcycle", "mc-12", [{ visible: false }]),
    itemOf("moped", "moped-7", [
      { category_fields: { ...(readExample("moped").data as typeof car).ad.category_fields, brand: "trabant" } },
    ]),
    itemOf("boat", "boat-3", []),
  ],
  changes: [
    ...asked(0, "4711", upsert(0), { kind: "bump" }, { kind: "pole-position" }, upsert(1), { kind: "removal" }),
    ...asked(1, "12", upsert(0)),
    ...asked(2, "7", upsert(0)),
    ...asked(3, "3", { kind: "invalid" }),
  ],
};

/** A marketplace that takes the ad and then does nothing for an hour. */
const stalled: History = {
  ...calm,
  outages: [],
  marketplace: { processingDelayMs: 60 * minute },
  items: [itemOf("truck", "truck-9", [{}])],
  changes: asked(0, "9", upsert(0)),
};

/**
 * One event of each detail-type, as listeners got it: the real functions, steps and decisions, in virtual time and against the
 * marketplace's simulator. The same source gives the same events. Throws where a detail-type is not among them.
 */
export async function playExamples(types: readonly AdEventType[]): Promise<Record<AdEventType, AdEvent>> {
  const heard: AdEvent[] = [];
  for (const history of [ordinary, stalled]) {
    const { world, violations } = await playHistory(history);
    if (violations.length > 0) {
      throw new Error(`the examples of ad events cannot be played: ${JSON.stringify(violations)}`);
    }
    heard.push(...world.bus.published());
  }
  const examples = types.map((type) => {
    const example = heard.find((event) => event.type === type);
    if (example === undefined) {
      throw new Error(`the histories that are played for the examples have no ${type}`);
    }
    return [type, example] as const;
  });
  return Object.fromEntries(examples) as Record<AdEventType, AdEvent>;
}
