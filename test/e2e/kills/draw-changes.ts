import { envelope, plateOf } from "#test/e2e/sample-events.ts";
import { chance, pick, pickWeighted, type Random, whole } from "#test/support/histories/random.ts";

export type Item = { dealerCode: string; itemId: string };
export type Change = ReturnType<typeof envelope> & { time: string };

const dealers = ["DEMO", "DEMO2", "SOLO"] as const;
const kinds = ["car", "moped", "boat"] as const;

/** Things for sale at all dealers, two thirds of them registered. */
export function makeItems(count: number): Item[] {
  return Array.from({ length: count }, (_, place) => ({
    dealerCode: pickAt(dealers, place),
    itemId: `${pickAt(kinds, Math.floor(place / dealers.length))}-${place}`,
  }));
}

/**
 * What the source asks for, oldest first: whole documents of which each item has four, and removals; after one comes a
 * re-creation. Each has a time of its own, so that repeats and late arrivals change nothing of the order.
 */
export function drawChanges(random: Random, { items, count }: { items: readonly Item[]; count: number }): Change[] {
  const startedAt = Date.now() - 10 * 60_000;
  return Array.from({ length: count }, (_, place) => {
    const item = pick(random, items);
    const event = chance(random, 0.27)
      ? envelope("inventory.item.removed", `change-${place}`, { ...item, reason: "sold" })
      : envelope("inventory.item.upserted", `change-${place}`, { ...item, ...drawDocument(random, item) });
    return { ...event, time: new Date(startedAt + place * 1_000).toISOString() };
  });
}

function drawDocument(random: Random, { itemId }: Item) {
  const [vehicleType = ""] = itemId.split("-");
  const kind = pickWeighted(random, { plain: 0.35, cheaper: 0.3, hidden: 0.18 }) ?? "pictured";
  const price = (amount: number) => [{ type: "list", amount, currency: "SEK" }];
  const variants = {
    plain: { body: "As it came in.", price: price(99_000) },
    cheaper: { price: price(89_000), url: "https://dealer.example/stock" },
    hidden: { body: "Reserved.", price: price(99_000), visible: false },
    pictured: { body: "With pictures.", image_urls: [`https://pictures.example/${whole(random, 1, 2)}.jpg`] },
  };
  const fields = { brand: "yamaha", model_year: 2020 };
  const ad =
    vehicleType === "boat"
      ? { title: "A boat", contact: { email: "skipper@example.com" }, category_fields: fields }
      : { category_fields: { ...fields, registration_number: plateOf(itemId) } };
  return { vehicleType, ad: { ...ad, ...variants[kind] } };
}

function pickAt<T>(all: readonly T[], place: number): T {
  return all[place % all.length] as T;
}
