import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { plateOf } from "#test/e2e/sample-events.ts";

const file = resolve(import.meta.dirname, "..", "..", "..", "local", "samples", "snowmobile.json");
const sample = JSON.parse(readFileSync(file, "utf8"));

type Offer = { id: string; itemId: string; dealerCode?: string; price?: number };

/** An inventory event that puts something up for sale of which neither the door nor the marketplace complains. */
export function forSale({ id, itemId, dealerCode = "DEMO", price = 30_000 }: Offer) {
  const { ad } = sample.data;
  return {
    ...sample,
    id,
    time: new Date().toISOString(),
    data: {
      ...sample.data,
      dealerCode,
      itemId,
      ad: {
        ...ad,
        price: [{ ...ad.price[0], amount: price }],
        category_fields: { ...ad.category_fields, registration_number: plateOf(itemId) },
      },
    },
  };
}
