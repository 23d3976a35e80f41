import { loadStock } from "#local/sandbox/load-stock.ts";
import { envelope, plateOf, removed, upserted } from "#test/e2e/sample-events.ts";

export type QuirkStep = { event: ReturnType<typeof envelope>; expect: string };

/** One thing for sale; a step is sent once the ad event of the one before it has come. */
export type QuirkItem = { dealerCode: string; itemId: string; steps: QuirkStep[] };

type SampleEvent = { id: string; data: { itemId: string; ad?: { category_fields?: Record<string, unknown> } } };

/** The sample stock with ids and plates of its own, so that one sandbox can play it again and again. */
function stockItems(tag: string): QuirkItem[] {
  return loadStock().map(({ dealerCode, itemId, steps }) => ({
    dealerCode,
    itemId: `${itemId}-${tag}`,
    steps: steps.map(({ body, expect }) => {
      const event = JSON.parse(body) as SampleEvent;
      event.id += `-${tag}`;
      event.data.itemId += `-${tag}`;
      const fields = event.data.ad?.category_fields;
      if (fields?.registration_number !== undefined) fields.registration_number = plateOf(event.data.itemId);
      return { event: event as unknown as QuirkStep["event"], expect };
    }),
  }));
}

function boat(subject: { id: string; itemId: string }, change: Record<string, unknown> = {}) {
  const ad = {
    title: "Nimbus",
    body: "A boat for a test",
    contact: { email: "stock@dealer.example", name: "Demo Marin", phone: "+46700000001" },
    price: [{ type: "list", amount: 90_000, currency: "SEK" }],
    category_fields: { brand: "nimbus", model_year: 2016 },
    ...change,
  };
  const { id, itemId } = subject;
  return envelope("inventory.item.upserted", id, { dealerCode: "DEMO2", itemId, vehicleType: "boat", ad });
}

/** What the stock has none of: coming back after a removal, charged calls, a reduced price, images that cannot be fetched. */
function hardItems(tag: string): QuirkItem[] {
  const subject = (name: string, step: number) => ({ id: `${name}-${tag}-${step}`, itemId: `${name}-${tag}` });
  const item = (name: string, dealerCode: string, steps: QuirkStep[]) => ({
    dealerCode,
    itemId: `${name}-${tag}`,
    steps,
  });
  const charged = (type: string, step: number) =>
    envelope(`inventory.item.${type}-requested`, `charged-${tag}-${step}`, {
      dealerCode: "DEMO",
      itemId: `charged-${tag}`,
    });
  const reduced = [
    { type: "list", amount: 90_000, currency: "SEK" },
    { type: "reduced", amount: 80_000, currency: "SEK" },
  ];
  return [
    item("again", "DEMO", [
      { event: upserted(subject("again", 1)), expect: "AdPublished" },
      { event: removed(subject("again", 2)), expect: "AdDeleted" },
      { event: upserted(subject("again", 3)), expect: "AdPublished" },
    ]),
    item("revived", "DEMO2", [
      { event: boat(subject("revived", 1)), expect: "AdPublished" },
      { event: removed({ ...subject("revived", 2), dealerCode: "DEMO2" }), expect: "AdDeleted" },
      { event: boat(subject("revived", 3)), expect: "AdPublished" },
    ]),
    item("changing", "DEMO2", [
      { event: boat(subject("changing", 1)), expect: "AdPublished" },
      { event: boat(subject("changing", 2), { price: reduced }), expect: "AdPublished" },
      { event: boat(subject("changing", 3), { visible: false }), expect: "AdUnpublished" },
      { event: boat(subject("changing", 4), { image_urls: ["https://broken.example/1.jpg"] }), expect: "AdPublished" },
    ]),
    item("charged", "DEMO", [
      { event: upserted(subject("charged", 0)), expect: "AdPublished" },
      { event: charged("bump", 1), expect: "AdBumped" },
      { event: charged("pole-position", 2), expect: "AdPolePositioned" },
    ]),
  ];
}

export function quirkItems(tag: string): QuirkItem[] {
  return [...stockItems(tag), ...hardItems(tag)];
}
