import type { z } from "zod";
import type { Json } from "#local/simulator/json.ts";

export const required = "This field is required.";
export const notNull = "This field may not be null.";
export const notADictionary = "Invalid data. Expected a dictionary.";

export function notAChoice(value: unknown): string {
  return `"${typeof value === "string" ? value : JSON.stringify(value)}" is not a valid choice.`;
}

const typeTexts: Record<string, string> = {
  string: "Not a valid string.",
  number: "A valid number is required.",
  int: "A valid integer is required.",
  boolean: "Must be a valid boolean.",
  array: "Expected a list of items.",
  object: notADictionary,
  record: notADictionary,
};

function boundText(issue: z.core.$ZodRawIssue<z.core.$ZodIssueTooBig | z.core.$ZodIssueTooSmall>): string {
  const isBig = issue.code === "too_big";
  const bound = String(isBig ? issue.maximum : issue.minimum);
  switch (issue.origin) {
    case "string":
      return `Ensure this field has ${isBig ? "no more than" : "at least"} ${bound} characters.`;
    case "array":
      return `Ensure this field has ${isBig ? "no more than" : "at least"} ${bound} elements.`;
    default:
      return `Ensure this value is ${isBig ? "less" : "greater"} than or equal to ${bound}.`;
  }
}

/**
 * The text for what a schema finds wrong. The documents show "This field is required." and "… is not a valid choice.";
 * the others are those of Django REST framework, which these two come from. A text given in the schema goes before.
 */
export function issueText(issue: z.core.$ZodRawIssue): string {
  const input = issue.input as Json | undefined;
  if (input === undefined) return required;
  if (input === null) return notNull;
  switch (issue.code) {
    case "invalid_type":
      return typeTexts[issue.expected] ?? "Invalid value.";
    case "too_big":
    case "too_small":
      return boundText(issue);
    case "invalid_value":
      return notAChoice(input);
    default:
      return "Invalid value.";
  }
}
