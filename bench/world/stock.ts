import { sampleCar } from "#bench/receive/sample-car.ts";
import { dawn } from "./engine.ts";

/** One webhook: its content, made when it is asked for, and when it is sent (epoch ms). */
export type Change = { at: number; makeEvent: () => { id: string } };

type CarEvent = { dealerCode: string; place: number; id: string; at: number };

const plateOf = (place: number) => place.toString(36).toUpperCase().padStart(6, "A");

/** A car as a large DMS sends it, 3 KB with everything that a buyer asks for; `price` tells its edits apart. */
export function upsertOf(car: CarEvent, price = 249_000): Change {
  return { at: car.at, makeEvent: () => makeUpsert(car, price) };
}

function makeUpsert({ dealerCode, place, id, at }: CarEvent, price: number): { id: string } {
  const car = sampleCar();
  const { ad } = car.data;
  const images = ad.image_urls.map((url) => url.replace("4711", String(place)));
  const category_fields = { ...ad.category_fields, registration_number: plateOf(place) };
  const changed = {
    ...ad,
    image_urls: images,
    price: [{ type: "list", amount: price, currency: "SEK" }],
    category_fields,
  };
  const data = { ...car.data, dealerCode, itemId: `car-${place}`, ad: changed };
  return { ...car, id, time: new Date(at).toISOString(), data } as { id: string };
}

export function removalOf({ dealerCode, place, id, at }: CarEvent): Change {
  const data = { dealerCode, itemId: `car-${place}`, reason: "sold" };
  const time = new Date(at).toISOString();
  const head = { specversion: "1.0", source: "/bench/stock", type: "inventory.item.removed" };
  return { at, makeEvent: () => ({ ...head, id, time, data }) };
}

/** Times at which changes come, `perSecond` on average and by chance; ms from the beginning. */
export function arrivals(count: number, perSecond: number, fraction: () => number): number[] {
  let at = 0;
  return Array.from({ length: count }, () => {
    at += (-Math.log(1 - fraction()) * 1_000) / perSecond;
    return dawn + Math.round(at);
  });
}
