import { isJsonObject, type Json, type JsonObject } from "#local/simulator/json.ts";
import type { MarketplaceState } from "#local/simulator/state.ts";
import { type VehicleType, vehicleTypes } from "#shared/contracts/vehicle-types.ts";
import { checkCategoryFields, checkVehicleIdentity } from "./check-category-fields.ts";
import { checkContact, checkContactEmail } from "./check-contact.ts";
import { checkCoordinates, checkLocation } from "./check-location.ts";
import { checkPrice } from "./check-price.ts";
import { boolean, imageUrl, listOf, requiredText, text, webUrl } from "./checks.ts";
import { addError, type Check, type FieldErrors, notNull, required } from "./field-errors.ts";

export interface Submitted {
  /** As it was sent. */
  body: JsonObject;
  /** As it would be stored: merged, nulls gone. */
  document: JsonObject;
  /** As it is stored; null for a POST. */
  before: JsonObject | null;
  vehicleType: VehicleType;
  state: Pick<MarketplaceState, "settings" | "quirks">;
}

const neverNull = ["category_fields", "title", "contact"];
const booleans = ["visible", "dont_publish_on_failed_images"];

function checksFor({ before, vehicleType, state }: Submitted): Record<string, Check> {
  const isRegistered = vehicleTypes[vehicleType].registered;
  const { refusedBrands } = state.settings;
  const { imageLimit, reducedPrice } = state.quirks;
  const mostImages = imageLimit === "none" ? undefined : imageLimit;
  return {
    ...(!isRegistered && { title: requiredText(200), contact: checkContact }),
    body: text(100_000),
    visible: boolean,
    price: checkPrice({ isCreation: before === null, isRegistered, needsList: reducedPrice === "with-list" }),
    image_urls: listOf(imageUrl, mostImages),
    url: webUrl,
    video_url: webUrl,
    location: checkLocation(isRegistered),
    category_fields: (value) => checkCategoryFields(value, { vehicleType, isRegistered, refusedBrands }),
    dont_publish_on_failed_images: boolean,
    product_declaration: webUrl,
  };
}

function checkSent(submitted: Submitted, errors: FieldErrors): void {
  const { body, state } = submitted;
  const refusesNull = state.quirks.nullBooleans === "refused" ? [...neverNull, ...booleans] : neverNull;
  for (const [name, check] of Object.entries(checksFor(submitted))) {
    const value = Object.hasOwn(body, name) ? body[name] : undefined;
    if (value === undefined) continue;
    const error = value === null ? (refusesNull.includes(name) ? [notNull] : null) : check(value);
    if (error !== null) addError(errors, [name], error);
  }
}

function checkForCategory({ body, document, vehicleType }: Submitted, errors: FieldErrors): void {
  const { categoryId, registered } = vehicleTypes[vehicleType];
  const { category_id } = body;
  if (category_id !== undefined && category_id !== categoryId && category_id !== String(categoryId)) {
    addError(errors, ["category_id"], [`Must be ${categoryId} for ${vehicleType}.`]);
  }
  for (const name of ["title", "contact"]) {
    if (registered && Object.hasOwn(body, name)) {
      addError(errors, [name], ["This field must not be sent for this category."]);
    } else if (!registered && document[name] === undefined) addError(errors, [name], [required]);
  }
}

function addNested(errors: FieldErrors, name: string, nested: FieldErrors | null): void {
  for (const [key, error] of Object.entries(nested ?? {})) addError(errors, [name, key], error as Json);
}

/** Judges a write by the documented rules; enters what it finds into `errors`, in the API's shape. */
export function checkDocument(submitted: Submitted, errors: FieldErrors): void {
  const { document, before, vehicleType } = submitted;
  checkSent(submitted, errors);
  checkForCategory(submitted, errors);
  addNested(errors, "location", checkCoordinates(document));
  addNested(errors, "contact", checkContactEmail(document));
  const fields = document.category_fields;
  if (fields === undefined) addError(errors, ["category_fields"], [required]);
  else if (vehicleTypes[vehicleType].registered && isJsonObject(fields)) {
    const fieldsBefore = before?.category_fields;
    const identity = checkVehicleIdentity(fields, isJsonObject(fieldsBefore) ? fieldsBefore : null);
    addNested(errors, "category_fields", identity);
  }
}
