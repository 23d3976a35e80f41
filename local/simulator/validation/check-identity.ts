import type { Json } from "#local/simulator/json.ts";
import type { TokenGrant } from "#local/simulator/tokens.ts";
import { requiredText } from "./checks.ts";
import { type Check, type FieldErrors, notNull, required } from "./field-errors.ts";

function checkText(name: string, value: Json | undefined, errors: FieldErrors, check: Check): string {
  const error = value === undefined ? [required] : value === null ? [notNull] : check(value);
  if (error !== null) errors[name] = error;
  return typeof value === "string" ? value : "";
}

/** Any string of up to 255 characters; the API names no limit. */
export function checkSourceId(value: Json | undefined, errors: FieldErrors): string {
  return checkText("source_id", value, errors, requiredText(255));
}

/** Inferred from a `dealer_code` token, required with a `dealer_group` token. */
export function checkDealerCode(value: Json | undefined, grant: TokenGrant, errors: FieldErrors): string {
  if (grant.scope === "dealer_code" && (value === undefined || value === null)) return grant.dealerCodes[0] ?? "";
  return checkText("dealer_code", value, errors, requiredText(64));
}
