import { isJsonObject, type JsonObject } from "#local/simulator/json.ts";
import { required } from "#local/simulator/schema/issue-text.ts";
import { vehicleTypes } from "#shared/contracts/vehicle-types.ts";
import type { Submitted } from "./check-document.ts";
import { addError, type FieldErrors } from "./field-errors.ts";

function objectIn(document: JsonObject | null, name: string): JsonObject | null {
  const value = document?.[name];
  return isJsonObject(value) ? value : null;
}

/** Unregistered vehicles keep a title and a contact with an e-mail address. */
function checkSeller({ document }: Submitted, errors: FieldErrors): void {
  for (const name of ["title", "contact"]) if (document[name] === undefined) addError(errors, [name], [required]);
  const contact = objectIn(document, "contact");
  if (contact !== null && contact.email === undefined) addError(errors, ["contact", "email"], [required]);
}

/** A registered vehicle has a model year, and a plate or a VIN; the plate stays what it was. */
function checkVehicle({ document, before }: Submitted, errors: FieldErrors): void {
  const fields = objectIn(document, "category_fields");
  if (fields === null) return;
  const plateBefore = objectIn(before, "category_fields")?.registration_number;
  if (fields.model_year === undefined) addError(errors, ["category_fields", "model_year"], [required]);
  const plate = ["category_fields", "registration_number"];
  if (plateBefore !== undefined) {
    const isChanged = fields.registration_number !== plateBefore;
    if (isChanged) addError(errors, plate, ["This field cannot be changed after creation."]);
  } else if (before === null && fields.registration_number === undefined && fields.vin === undefined) {
    addError(errors, plate, [required]);
  }
}

function checkLocation({ document }: Submitted, errors: FieldErrors): void {
  const { latitude, longitude } = objectIn(document, "location") ?? {};
  if ((latitude === undefined) === (longitude === undefined)) return;
  addError(errors, ["location", latitude === undefined ? "latitude" : "longitude"], [required]);
}

function checkReducedPrice({ document, state }: Submitted, errors: FieldErrors): void {
  if (state.quirks.reducedPrice === "alone" || !Array.isArray(document.price)) return;
  const types = document.price.map((price) => (isJsonObject(price) ? price.type : undefined));
  if (!types.includes("reduced") || types.includes("list")) return;
  addError(errors, ["price"], ["A reduced price needs a list price."]);
}

/** What shows only in the document as it would be stored, merged and cleared. */
export function checkMerged(submitted: Submitted, errors: FieldErrors): void {
  if (submitted.document.category_fields === undefined) addError(errors, ["category_fields"], [required]);
  else if (vehicleTypes[submitted.vehicleType].registered) checkVehicle(submitted, errors);
  if (!vehicleTypes[submitted.vehicleType].registered) checkSeller(submitted, errors);
  checkLocation(submitted, errors);
  checkReducedPrice(submitted, errors);
}
