import { isJsonObject, type Json } from "#local/simulator/json.ts";
import { choice, whole } from "./checks.ts";
import { type Check, type FieldErrors, notAChoice, required } from "./field-errors.ts";

interface PriceRules {
  isCreation: boolean;
  isRegistered: boolean;
  /** Whether a `reduced` price is refused that has no `list` price beside it. */
  needsList: boolean;
}

function checkOne(price: Json, { isCreation, isRegistered }: PriceRules): FieldErrors {
  if (!isJsonObject(price)) return { non_field_errors: ["Invalid data. Expected a dictionary."] };
  const valid = ["list", ...(isCreation ? [] : ["reduced"]), ...(isRegistered ? ["leasing"] : [])];
  const errors: FieldErrors = {};
  if (price.type === undefined) errors.type = [required];
  else if (typeof price.type !== "string" || !valid.includes(price.type)) errors.type = [notAChoice(price.type)];
  const amountError = price.amount === undefined ? [required] : whole(0, 2 ** 31 - 1)(price.amount);
  if (amountError !== null) errors.amount = amountError;
  const currencyError = price.currency === undefined ? null : choice("SEK")(price.currency);
  if (currencyError !== null) errors.currency = currencyError;
  return errors;
}

/**
 * Whole kronor. `reduced` is refused on POST, `leasing` outside registered vehicles; the further keys of a leasing
 * price are not public and pass. Errors come as one object per price, empty for those that are right.
 */
export function checkPrice(rules: PriceRules): Check {
  return (value) => {
    if (!Array.isArray(value)) return { non_field_errors: ["Expected a list of items."] };
    const errors = value.map((price) => checkOne(price, rules));
    if (errors.some((error) => Object.keys(error).length > 0)) return errors;
    const has = (type: string) => value.some((price) => isJsonObject(price) && price.type === type);
    const isAlone = rules.needsList && has("reduced") && !has("list");
    return isAlone ? ["A reduced price needs a list price."] : null;
  };
}
