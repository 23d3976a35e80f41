import type { z } from "zod";
import { isJsonObject, type Json, type JsonObject } from "#local/simulator/json.ts";
import { issueText, notADictionary } from "./issue-text.ts";

interface Found {
  text: string | null;
  under: Map<PropertyKey, Found>;
}

function enter(root: Found, { path, message }: z.core.$ZodIssue): void {
  let place = root;
  for (const key of path) {
    const under = place.under.get(key) ?? { text: null, under: new Map() };
    place.under.set(key, under);
    place = under;
  }
  place.text ??= message;
}

/** Wrong elements of a list of objects stand in a list, `{}` for the right ones; those of other lists under their place. */
function renderList(list: Json[], under: Found["under"]): Json {
  const errors = [...under].map(([index, found]) => [Number(index), render(list[Number(index)], found)] as const);
  if (!errors.some(([, error]) => isJsonObject(error))) return Object.fromEntries(errors);
  const byIndex = new Map(errors);
  return list.map((_, index) => byIndex.get(index) ?? {});
}

function render(value: Json | undefined, { text, under }: Found): Json {
  if (text !== null) return text === notADictionary ? { non_field_errors: [text] } : [text];
  if (Array.isArray(value)) return renderList(value, under);
  const memberOf = (key: PropertyKey) => (isJsonObject(value) ? value[String(key)] : undefined);
  return Object.fromEntries([...under].map(([key, found]) => [key, render(memberOf(key), found)]));
}

/** What a schema finds wrong, by field and nested as the body is, as the API answers it; null when nothing is. */
export function checkSchema(schema: z.ZodType, value: JsonObject): JsonObject | null {
  const { success, error } = schema.safeParse(value, { error: issueText });
  if (success) return null;
  const root: Found = { text: null, under: new Map() };
  for (const issue of error.issues) enter(root, issue);
  return render(value, root) as JsonObject;
}

/** The first text of what a schema finds wrong with one value, as a query has it; null when nothing is. */
export function checkValue(schema: z.ZodType, value: string): string | null {
  return schema.safeParse(value, { error: issueText }).error?.issues[0]?.message ?? null;
}
