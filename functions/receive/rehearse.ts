import { createHmac, randomBytes } from "node:crypto";
import { type ReceiveDependencies, receive } from "./receive.ts";

/**
 * Takes a request of its own, with everything real but where it comes from and where it goes: a source that is made up here and
 * forgotten after it, and a queue that drops. For when the function starts: the first caller then finds all code run once.
 * Throws what `take` throws.
 */
export async function rehearse({ knownValues, mostPictures, now }: ReceiveDependencies, take = receive): Promise<void> {
  const key = randomBytes(32);
  const dealerCode = "rehearsal";
  const secrets = [`whsec_${key.toString("base64")}`];
  const source = { secrets, dealers: [dealerCode], listingIds: "uuid" as const, requestsPerSecond: 1 };
  const body = Buffer.from(JSON.stringify(carOf(dealerCode)));
  const timestamp = String(Math.floor(now() / 1000));
  const signature = createHmac("sha256", key).update(`rehearsal.${timestamp}.`).update(body).digest("base64");
  const request = {
    method: "POST",
    path: "/",
    pathParameters: { source: dealerCode },
    query: new URLSearchParams(),
    headers: {
      "content-type": "application/cloudevents+json",
      "webhook-id": "rehearsal",
      "webhook-timestamp": timestamp,
      "webhook-signature": `v1,${signature}`,
    },
    body,
  };
  const queue = { send: async () => [] };
  const sources = { read: async () => ({ [dealerCode]: source }) };
  await take({ sources, rateLimit: () => null, now, queue, knownValues, mostPictures }, request, () => {});
}

function carOf(dealerCode: string) {
  const ad = {
    body: "A car in good order. ".repeat(30),
    visible: true,
    price: [{ type: "list", amount: 1, currency: "SEK" }],
    image_urls: Array.from({ length: 10 }, (_, place) => `https://images.dealer.example/${place}.jpg`),
    url: "https://dealer.example/1",
    video_url: "https://youtu.be/abc",
    location: { latitude: 59, longitude: 18 },
    category_fields: {
      brand: "volvo",
      body_type: "wagon",
      color: "blue",
      model: "v60",
      model_year: 2020,
      in_traffic_date: "2020-01-01",
      registration_number: "ABC12A",
      vin: "YV1ZWA8VDM1234567",
      condition: { mileage: { unit: "mil", value: 1 }, is_new_vehicle: false },
      powertrain: { transmission: "automatic", fuels: ["diesel"], power: { unit: "hp", value: 100 } },
      equipments: ["tow-bar"],
    },
  };
  return {
    specversion: "1.0",
    id: "rehearsal",
    source: "/rehearsal",
    type: "inventory.item.upserted",
    time: "2026-01-01T00:00:00Z",
    data: { dealerCode, itemId: "rehearsal", vehicleType: "car", ad },
  };
}
