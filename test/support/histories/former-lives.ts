import { vehicleTypes } from "#shared/contracts/vehicle-types.ts";
import { dawn, type Item } from "./history.ts";
import type { HistoryWorld } from "./history-world.ts";

const hour = 60 * 60_000;
const day = 24 * hour;

/** Lets an earlier integration have written its listings, under the ids of its own, the day before at the latest; all of that is long done. */
export function writeFormerLives(world: HistoryWorld): void {
  const writes = world.history.items.flatMap(writesOf).toSorted((a, b) => a.at - b.at);
  for (const one of writes) {
    world.clock.now = one.at;
    write(world, one);
  }
  world.clock.now = dawn;
}

type Write = { at: number; item: Item; document: number; method: "POST" | "PUT" };

/** One an hour, so that each is at its end before the next. */
function writesOf(item: Item): Write[] {
  const documents = item.formerLife ?? [];
  const from = dawn - day - Math.max(0, documents.length - 20) * hour;
  return documents.map((document, place) => ({
    at: from + place * hour,
    item,
    document,
    method: place === 0 ? "POST" : "PUT",
  }));
}

function write({ marketplace, secret }: HistoryWorld, { item, document, method }: Write): void {
  const { vehicleType, ad } = item.documents[document] ?? {};
  if (vehicleType === undefined) {
    throw new Error(`${item.itemId} has no document ${document}`);
  }
  const { itemId, dealerCode } = item;
  const named = { source_id: itemId, dealer_code: dealerCode, category_id: vehicleTypes[vehicleType].categoryId };
  const path = method === "POST" ? `/v4/${vehicleType}` : `/v4/${vehicleType}/${itemId}`;
  const headers = { "x-auth-token": secret.valueFor(dealerCode), "content-type": "application/json" };
  const body = JSON.stringify(method === "POST" ? { ...named, ...ad } : ad);
  const outcome = marketplace.handle({ method, path, query: "", headers, body });
  if (outcome.kind !== "respond" || outcome.status >= 300) {
    throw new Error(`a former life is refused: ${JSON.stringify(outcome)}`);
  }
}
