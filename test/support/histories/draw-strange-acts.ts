import type { Change, Item, StrangeAct } from "./history.ts";
import { chance, makeRandom, pick, type Random, spread, whole } from "./random.ts";

const second = 1_000;
const minute = 60 * second;

/**
 * In one history of ten somebody has a hand in it, up to three times, about as long before or after a change as its writes take.
 * From a chance of their own, so that the other histories stay what they were.
 */
export function drawStrangeActs(seed: number, items: readonly Item[], changes: readonly Change[]): StrangeAct[] {
  const random = makeRandom(seed ^ 0x57a3);
  if (!chance(random, 0.1)) {
    return [];
  }
  return Array.from({ length: whole(random, 1, 3) }, () => drawAct(random, items, changes));
}

function drawAct(random: Random, items: readonly Item[], changes: readonly Change[]): StrangeAct {
  const change = pick(random, changes);
  const { item, asked } = change;
  const gap = spread(random, second, 10 * minute);
  const at = Math.max(second, change.at + (chance(random, 0.5) ? gap : -gap));
  // Who sells a car takes its ad away by hand, and has it removed at the source as well.
  if (chance(random, 0.5) && asked.kind === "removal") {
    return { at, item, kind: "delete" };
  }
  if (chance(random, 0.5) && asked.kind === "upsert") {
    return { at, item, kind: "put", fields: { ...items[item]?.documents[asked.document]?.ad } };
  }
  return chance(random, 0.4) ? { at, item, kind: "delete" } : { at, item, kind: "put", fields: drawFields(random) };
}

function drawFields(random: Random): Record<string, unknown> {
  return pick(random, [
    { body: "Changed by hand." },
    { price: [{ type: "list", amount: 1_000, currency: "SEK" }] },
    { visible: false },
    { visible: true },
    { image_urls: ["https://pictures.example/by-hand.jpg"] },
  ]);
}
