/** Documents as sources send them, after the examples of the API's implementation guide. */
export const carDocument = {
  body: "Nyservad, två ägare. Dragkrok & vinterhjul 😀",
  visible: true,
  price: [{ type: "list", amount: 249000, currency: "SEK" }],
  image_urls: ["https://images.dealer.example/abc123/1.jpg", "https://images.dealer.example/abc123/2.jpg"],
  url: "https://dealer.example/cars/abc123",
  location: { latitude: 59.3293, longitude: "18.0686" },
  category_fields: {
    registration_number: "ABC123",
    model_year: 2021,
    body_type: "wagon",
    brand: "volvo",
    model: "v60",
    condition: { mileage: { unit: "mil", value: 4200 }, is_new_vehicle: false },
    powertrain: { fuels: ["gasoline", "electric"], transmission: "automatic" },
  },
};

export const boatDocument = {
  title: "Bavaria 32, 2009",
  body: "Välskött segelbåt.",
  price: [{ type: "list", amount: 495000 }],
  contact: { email: "salj@boats.example", name: "Kim", phone: "+46701234567" },
  location: null,
  category_fields: { brand: "bavaria", model_year: 2009, physics: { length: { unit: "m", value: 9.9 } } },
};

export const upsertedCar = { dealerCode: "DEMO", itemId: "abc-123", vehicleType: "car", ad: carDocument };
export const upsertedBoat = { dealerCode: "DEMO", itemId: "boat/7", vehicleType: "boat", ad: boatDocument };

export const carEvent = {
  specversion: "1.0",
  id: "evt-0001",
  source: "https://dms.example/stock",
  type: "inventory.item.upserted",
  time: "2026-11-21T08:30:00+01:00",
  sequence: "000017",
  datacontenttype: "application/json",
  traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
  data: upsertedCar,
};

export const removedEvent = {
  specversion: "1.0",
  id: "evt-0002",
  source: "https://dms.example/stock",
  type: "inventory.item.removed",
  data: { dealerCode: "DEMO", itemId: "abc-123", reason: "sold" },
};

/** A copy with one field set, or taken away when `value` is undefined. */
export function changed<T>(sample: T, path: readonly (string | number)[], value: unknown): T {
  const copy = structuredClone(sample);
  const [last, ...way] = path.toReversed();
  const parent = way
    .toReversed()
    .reduce<Record<string | number, unknown>>(
      (place, key) => place[key] as Record<string, unknown>,
      copy as Record<string, unknown>,
    );
  if (value === undefined) {
    delete parent[last ?? ""];
  } else {
    parent[last ?? ""] = value;
  }
  return copy;
}
