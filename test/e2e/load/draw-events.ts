import { envelope, removed, upserted } from "#test/e2e/sample-events.ts";

export type LoadEvent = { id: string; body: string };

const dealers = ["DEMO", "DEMO2", "SOLO"];

/**
 * Events of which each has an id of its own, about `items` items in turn: most ask for an ad at another price, some take it
 * away, some are not valid, and some are about no item that there could be.
 */
export function drawEvents(count: number, items: number): LoadEvent[] {
  return Array.from({ length: count }, (_, place) => {
    const number = place % items;
    const subject = {
      id: `load-${place}`,
      dealerCode: dealers[number % dealers.length] ?? "",
      itemId: `load-item-${number}`,
    };
    return { id: subject.id, body: JSON.stringify(eventOf(subject, place)) };
  });
}

function eventOf(subject: { id: string; dealerCode: string; itemId: string }, place: number) {
  const { id, ...item } = subject;
  if (place % 50 === 17) {
    return envelope("inventory.item.upserted", id, { ...item, vehicleType: "moped", ad: {} });
  }
  if (place % 50 === 42) {
    return envelope("inventory.item.removed", id, { ...item, itemId: "" });
  }
  return place % 20 === 13 ? removed(subject) : upserted({ ...subject, price: 10_000 + place });
}
