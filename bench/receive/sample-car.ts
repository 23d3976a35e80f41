import { createHmac } from "node:crypto";

export const secret = "whsec_c2FuZGJveC1zZWNyZXQtZm9yLWxvY2FsLXVzZS1vbmx5";

/** A car as a large DMS sends it: every public field, twenty pictures, a text; 3 KB as JSON. */
export function sampleCar() {
  const text = "Välvårdad kombi med full servicehistorik, två ägare, dragkrok och vinterhjul på fälg. ".repeat(9);
  return {
    specversion: "1.0",
    id: "bench-1",
    source: "/bench/stock",
    type: "inventory.item.upserted",
    time: "2026-11-21T08:30:00Z",
    datacontenttype: "application/json",
    data: {
      dealerCode: "DEMO",
      itemId: "car-4711",
      vehicleType: "car",
      ad: {
        body: text,
        visible: true,
        price: [{ type: "list", amount: 249000, currency: "SEK" }],
        image_urls: Array.from({ length: 20 }, (_, n) => `https://images.dealer.example/stock/4711/${n}-large.jpg`),
        url: "https://dealer.example/stock/car-4711",
        video_url: "https://www.youtube.com/watch?v=abcdefghijk",
        location: { latitude: 59.3293, longitude: 18.0686 },
        category_fields: {
          body_type: "wagon",
          brand: "volvo",
          model: "v60",
          model_type: "T6 AWD Inscription",
          model_year: 2021,
          in_traffic_date: "2021-03-12",
          registration_number: "GHJ12K",
          vin: "YV1ZWA8VDM1234567",
          color: "blue",
          is_vat_deductible: false,
          registration_number_hidden: false,
          condition: { mileage: { unit: "mil", value: 4200 }, is_new_vehicle: false },
          powertrain: {
            transmission: "automatic",
            fuels: ["gasoline", "electric"],
            power: { unit: "hp", value: 350 },
          },
          equipments: ["tow-bar", "panorama-roof", "heated-seats", "navigation", "parking-camera", "cruise-control"],
        },
      },
    },
  };
}

/** The headers of a request signed now, as Standard Webhooks has it. */
export function signedHeaders(body: Buffer, now: number): Record<string, string> {
  const timestamp = String(Math.floor(now / 1000));
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const signature = createHmac("sha256", key).update(`msg_1.${timestamp}.`).update(body).digest("base64");
  return {
    "content-type": "application/cloudevents+json",
    "webhook-id": "msg_1",
    "webhook-timestamp": timestamp,
    "webhook-signature": `v1,${signature}`,
  };
}
