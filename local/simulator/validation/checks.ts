import { isJsonObject, type Json } from "#local/simulator/json.ts";
import { type Check, notAChoice } from "./field-errors.ts";

export function text(longest: number, shortest = 0): Check {
  return (value) => {
    if (typeof value !== "string") return ["Not a valid string."];
    if (value.length > longest) return [`Ensure this field has no more than ${longest} characters.`];
    return value.length < shortest ? [`Ensure this field has at least ${shortest} characters.`] : null;
  };
}

export const requiredText =
  (longest: number): Check =>
  (value) => {
    if (typeof value === "string" && value.trim() === "") return ["This field may not be blank."];
    return text(longest)(value);
  };

export function pattern(expression: RegExp, message: string): Check {
  return (value) => (typeof value === "string" && expression.test(value) ? null : [message]);
}

export const boolean: Check = (value) => (typeof value === "boolean" ? null : ["Must be a valid boolean."]);

export function whole(least: number, most: number): Check {
  return (value) => {
    if (typeof value !== "number" || !Number.isInteger(value)) return ["A valid integer is required."];
    if (value < least) return [`Ensure this value is greater than or equal to ${least}.`];
    return value > most ? [`Ensure this value is less than or equal to ${most}.`] : null;
  };
}

export const amount: Check = (value) =>
  typeof value === "number" && value >= 0 ? null : ["A valid number is required."];

export function choice(...values: string[]): Check {
  return (value) => (typeof value === "string" && values.includes(value) ? null : [notAChoice(value)]);
}

/** Errors of a list stand under the place of their element. */
export function listOf(check: Check, longest = Number.POSITIVE_INFINITY): Check {
  return (value) => {
    if (!Array.isArray(value)) return ["Expected a list of items."];
    if (value.length > longest) return [`Ensure this field has no more than ${longest} elements.`];
    const errors = value.map((element, index) => [String(index), check(element)] as const);
    const wrong = errors.filter(([, error]) => error !== null);
    return wrong.length === 0 ? null : Object.fromEntries(wrong);
  };
}

function isUrl(value: Json, protocols: readonly string[]): boolean {
  if (typeof value !== "string" || value.length > 2048 || !URL.canParse(value)) return false;
  return protocols.includes(new URL(value).protocol);
}

export const webUrl: Check = (value) => (isUrl(value, ["http:", "https:"]) ? null : ["Enter a valid URL."]);

/** Images are fetched over HTTPS only. */
export const imageUrl: Check = (value) => (isUrl(value, ["https:"]) ? null : ["Enter a valid URL."]);

export const dictionary: Check = (value) =>
  isJsonObject(value) ? null : { non_field_errors: ["Invalid data. Expected a dictionary."] };
