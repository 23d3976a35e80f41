import type { Json } from "#local/simulator/json.ts";
import { notNull, required } from "#local/simulator/schema/issue-text.ts";
import type { TokenGrant } from "#local/simulator/tokens.ts";
import { addError, type FieldErrors } from "./field-errors.ts";

/** Inferred from a `dealer_code` token, required with a `dealer_group` token. The schema has judged its form. */
export function checkDealerCode(value: Json | undefined, grant: TokenGrant, errors: FieldErrors): string {
  if (typeof value === "string") return value;
  if (grant.scope === "dealer_code") return grant.dealerCodes[0] ?? "";
  addError(errors, ["dealer_code"], [value === null ? notNull : required]);
  return "";
}
