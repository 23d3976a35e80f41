import type { ListingDocument } from "#shared/contracts/listing-document.ts";
import { dealers } from "./draw-items.ts";
import type { Change, History, Item, Outage } from "./history.ts";

const minute = 60_000;

/** When the marketplace goes away, and when it is back, in ms after the beginning. */
export const outageSpan = { from: 30 * minute, until: 90 * minute };

export const editsPerAd = 5;

export type OutageKind = Exclude<Outage["kind"], "forbidden">;

/** Ads that are published in peace, and edited five times each while the marketplace is away for an hour. */
export function outageHistory({ ads, kind }: { ads: number; kind: OutageKind }): History {
  const items = Array.from({ length: ads }, (_, place) => makeItem(place));
  const changes = items.flatMap((_, item) => changesOf(item, ads)).sort((a, b) => a.at - b.at);
  return {
    seed: 1,
    storm: "none",
    marketplace: {},
    waits: {},
    items,
    changes,
    outages: [{ kind, ...outageSpan }],
    calmAt: outageSpan.until,
  };
}

function makeItem(place: number): Item {
  const dealerCode = dealers[place % dealers.length] ?? "SOLO";
  const plate = `C${String(place).padStart(5, "0")}`;
  const documents = Array.from({ length: editsPerAd + 1 }, (_, edit) => ({
    vehicleType: "car" as const,
    ad: {
      price: [{ type: "list", amount: 100_000 + edit }],
      category_fields: { brand: "volvo", model: "v60", model_year: 2020, registration_number: plate },
    } as ListingDocument,
  }));
  return { source: "dms", dealerCode, itemId: `car-${place}`, documents };
}

/** Published in the first twenty minutes; each edit in its own ten minutes of the outage. */
function changesOf(item: number, ads: number): Change[] {
  const share = item / ads;
  return Array.from({ length: editsPerAd + 1 }, (_, edit) => {
    const at = edit === 0 ? share * 20 * minute : outageSpan.from + (edit - 1 + share) * 10 * minute;
    const asked = { kind: "upsert", document: edit } as const;
    return { at: Math.round(at), item, id: `e${item}-${edit}`, time: Math.round(at), sequence: null, asked };
  });
}
