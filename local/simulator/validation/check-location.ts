import { isJsonObject, type Json, type JsonObject } from "#local/simulator/json.ts";
import { dictionary, pattern } from "./checks.ts";
import { type Check, type FieldErrors, required } from "./field-errors.ts";

function coordinate(most: number): Check {
  return (value) => {
    const isNumeric = typeof value === "number" || (typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value));
    return isNumeric && Math.abs(Number(value)) <= most ? null : ["A valid number is required."];
  };
}

const parts: Record<string, Check> = {
  latitude: coordinate(90),
  longitude: coordinate(180),
  zipcode: pattern(/^\d{5}$/, "Enter a valid zip code without spaces."),
  lkf: pattern(/^(\d{4}|\d{6})$/, "Enter a valid LKF code of four or six digits."),
};

/** The parts that were sent. Coordinates that lack their other half are found in the merged document. */
export function checkLocation(isRegistered: boolean): Check {
  return (value: Json) => {
    if (!isJsonObject(value)) return dictionary(value);
    const errors: FieldErrors = {};
    for (const [name, check] of Object.entries(parts)) {
      const part = value[name];
      if (part === undefined || part === null) continue;
      const error = check(part);
      if (error !== null) errors[name] = error;
    }
    if (isRegistered && typeof value.lkf === "string") errors.lkf = ["Not supported for registered vehicles."];
    return Object.keys(errors).length === 0 ? null : errors;
  };
}

/** Latitude and longitude of a document as it is going to be stored only go together. */
export function checkCoordinates({ location }: JsonObject): FieldErrors | null {
  if (!isJsonObject(location)) return null;
  const { latitude, longitude } = location;
  if ((latitude === undefined) === (longitude === undefined)) return null;
  return latitude === undefined ? { latitude: [required] } : { longitude: [required] };
}
