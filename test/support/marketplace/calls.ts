import type { ReadCall, WriteCall } from "#shared/ad/marketplace.ts";

/** A POST of a document the simulator accepts, a minute before its deadline by `now`. */
export function writeCall(overrides: Partial<WriteCall> = {}, now = 0): WriteCall {
  return {
    call: "post",
    tokenId: "demo",
    dealerCode: "DEMO",
    listingId: "listing-1",
    vehicleType: "car",
    body: carDocument("listing-1"),
    attemptId: "attempt-1",
    listingSeen: true,
    callUntil: now + 60_000,
    ...overrides,
  };
}

export function readCall(overrides: Partial<ReadCall> = {}): ReadCall {
  return { tokenId: "demo", dealerCode: "DEMO", listingId: "listing-1", ...overrides };
}

export function carDocument(listingId: string): Record<string, unknown> {
  return {
    source_id: listingId,
    dealer_code: "DEMO",
    category_id: 1020,
    body: "A car.",
    price: [{ type: "list", amount: 99_000, currency: "SEK" }],
    image_urls: ["https://images.example/1.jpg"],
    category_fields: {
      body_type: "kombi",
      brand: "volvo",
      model: "v60",
      model_year: 2020,
      registration_number: "ABC123",
      condition: { mileage: { unit: "mil", value: 5_000 } },
      powertrain: { transmission: "manual", fuels: ["diesel"] },
    },
  };
}
