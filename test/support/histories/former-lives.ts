import { vehicleTypes } from "#shared/contracts/vehicle-types.ts";
import { dawn, type Item } from "./history.ts";
import type { HistoryWorld } from "./history-world.ts";

const day = 24 * 60 * 60_000;

/** Lets an earlier integration have written its listings, under the ids of its own, the day before; all of that is long done. */
export function writeFormerLives(world: HistoryWorld): void {
  for (const item of world.history.items) {
    for (const [place, document] of (item.formerLife ?? []).entries()) {
      world.clock.now = dawn - day + place * 60 * 60_000;
      write(world, { item, document, method: place === 0 ? "POST" : "PUT" });
    }
  }
  world.clock.now = dawn;
}

type Write = { item: Item; document: number; method: "POST" | "PUT" };

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
