import { isJsonObject, type JsonObject } from "#local/simulator/json.ts";
import { type BodyKind, bodySchema } from "#local/simulator/schema/body-schema.ts";
import { checkSchema } from "#local/simulator/schema/check-schema.ts";
import { notAChoice } from "#local/simulator/schema/issue-text.ts";
import type { MarketplaceState } from "#local/simulator/state.ts";
import type { VehicleType } from "#shared/contracts/vehicle-types.ts";
import { checkMerged } from "./check-merged.ts";
import { addError, type FieldErrors } from "./field-errors.ts";

export interface Submitted {
  kind: BodyKind;
  /** As it was sent. */
  body: JsonObject;
  /** As it would be stored: merged, nulls gone. */
  document: JsonObject;
  /** As it is stored; null where nothing of it is to stay. */
  before: JsonObject | null;
  vehicleType: VehicleType;
  state: Pick<MarketplaceState, "settings" | "quirks">;
}

function checkBrand({ body, state }: Submitted, errors: FieldErrors): void {
  const fields = body.category_fields;
  const brand = isJsonObject(fields) ? fields.brand : undefined;
  if (typeof brand !== "string" || !state.settings.refusedBrands.includes(brand.toLowerCase())) return;
  addError(errors, ["category_fields", "brand"], [notAChoice(brand)]);
}

/** Judges a write by the documented rules; gives what it finds in the API's shape, `{}` when nothing is wrong. */
export function checkDocument(submitted: Submitted): FieldErrors {
  const { body, kind, vehicleType, state } = submitted;
  const errors: FieldErrors = checkSchema(bodySchema(vehicleType, kind, state.quirks), body) ?? {};
  checkBrand(submitted, errors);
  checkMerged(submitted, errors);
  return errors;
}
