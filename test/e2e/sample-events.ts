type Subject = { id: string; dealerCode?: string; itemId: string };

/** An inventory event that puts a moped up for sale, or changes its price. */
export function upserted({ id, dealerCode = "DEMO", itemId, price = 30_000 }: Subject & { price?: number }) {
  return envelope("inventory.item.upserted", id, {
    dealerCode,
    itemId,
    vehicleType: "moped",
    ad: {
      body: "A moped for a test",
      price: [{ type: "list", amount: price, currency: "SEK" }],
      category_fields: { brand: "yamaha", model_year: 2020, registration_number: plateOf(itemId) },
    },
  });
}

export function removed({ id, dealerCode = "DEMO", itemId }: Subject) {
  return envelope("inventory.item.removed", id, { dealerCode, itemId, reason: "sold" });
}

/** A CloudEvent of the sandbox's source. */
export function envelope(
  type: string,
  id: string,
  data: Record<string, unknown> & { dealerCode: string; itemId: string },
) {
  return { specversion: "1.0", id, source: "/test", type, data };
}

/** A plate per item: the marketplace takes two ads of one plate for one vehicle. */
export function plateOf(itemId: string): string {
  const hash = [...itemId].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 1_000_000, 7);
  return String(hash).padStart(6, "0");
}
