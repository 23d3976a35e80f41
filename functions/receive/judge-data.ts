import { cutPictures } from "#shared/contracts/cut-pictures.ts";
import { findWarnings } from "#shared/contracts/document-warnings.ts";
import type { Checked, FieldError } from "#shared/contracts/field-error.ts";
import { checkInventoryData, type InventoryEvent, type InventoryEventType } from "#shared/contracts/inventory-event.ts";
import { findUnknownValues, type KnownValues } from "#shared/contracts/known-values.ts";
import { isVehicleType } from "#shared/contracts/vehicle-types.ts";

/** What an inventory event says, without who said it and when. */
export type Fact = {
  [T in InventoryEventType]: Pick<Extract<InventoryEvent, { type: T }>, "type" | "data">;
}[InventoryEventType];

type Judged = { ok: true; value: Fact; warnings: FieldError[] } | { ok: false; errors: FieldError[] };

type Upserted = Extract<Fact, { type: "inventory.item.upserted" }>;

/** What a document is judged by at this moment; see `Measures`. `now` is epoch ms. */
type Standard = { known: KnownValues; mostPictures: number; now: number };

/** Judges what an event of a known type says. All errors come back; warnings only where there are none. */
export function judgeData(type: InventoryEventType, data: unknown, standard: Standard): Judged {
  const checked: Checked<Fact["data"]> = checkInventoryData(type, data);
  if (type !== "inventory.item.upserted") {
    return checked.ok ? { ok: true, value: { type, data: checked.value } as Fact, warnings: [] } : checked;
  }
  const strangers = findStrangers(data, standard);
  if (!checked.ok || strangers.length > 0) {
    return { ok: false, errors: merge(checked.ok ? [] : checked.errors, strangers) };
  }
  return withWarnings({ type, data: checked.value as Upserted["data"] }, standard.mostPictures);
}

/** Of two faults of one field, the one that knows the marketplace's own values says more. */
function merge(errors: FieldError[], strangers: FieldError[]): FieldError[] {
  const pointers = new Set(strangers.map(({ pointer }) => pointer));
  return [...errors.filter(({ pointer }) => !pointers.has(pointer)), ...strangers];
}

function findStrangers(data: unknown, { known, now }: Standard): FieldError[] {
  const { vehicleType, ad } = (data ?? {}) as { vehicleType?: unknown; ad?: { category_fields?: unknown } | null };
  const fields = ad?.category_fields;
  return typeof vehicleType === "string" && isVehicleType(vehicleType) && typeof fields === "object" && fields !== null
    ? findUnknownValues(known, { vehicleType, fields: fields as Record<string, unknown> }, now)
    : [];
}

function withWarnings({ type, data }: Upserted, mostPictures: number): Judged {
  const { vehicleType, ad } = data;
  const warnings = findWarnings(vehicleType, ad);
  const cut = cutPictures(ad, mostPictures);
  if (cut === ad) {
    return { ok: true, value: { type, data }, warnings };
  }
  const count = ad.image_urls?.length;
  const message = `Blocket takes ${mostPictures} pictures: of these ${count} only the first ${mostPictures} go out.`;
  const tooMany = { pointer: "/data/ad/image_urls", code: "too-many-pictures", message };
  return { ok: true, value: { type, data: { ...data, ad: cut } }, warnings: [tooMany, ...warnings] };
}
