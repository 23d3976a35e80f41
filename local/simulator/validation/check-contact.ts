import { isJsonObject, type JsonObject } from "#local/simulator/json.ts";
import { dictionary, pattern, text } from "./checks.ts";
import { type Check, type FieldErrors, required } from "./field-errors.ts";

const parts: Record<string, Check> = {
  name: text(200),
  phone: pattern(/^(?=.{8,16}$)\+?\d+$/, "Enter a valid phone number: 8 to 16 digits, optionally after a +."),
  email: pattern(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, "Enter a valid email address."),
};

/** The parts that were sent; nulls clear. */
export const checkContact: Check = (value) => {
  if (!isJsonObject(value)) return dictionary(value);
  const errors: FieldErrors = {};
  for (const [name, check] of Object.entries(parts)) {
    const part = value[name];
    if (part === undefined || part === null) continue;
    const error = check(part);
    if (error !== null) errors[name] = error;
  }
  return Object.keys(errors).length === 0 ? null : errors;
};

/** A stored contact must end up with an e-mail address. */
export function checkContactEmail({ contact }: JsonObject): FieldErrors | null {
  return isJsonObject(contact) && contact.email === undefined ? { email: [required] } : null;
}
