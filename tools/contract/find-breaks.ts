import type { JsonSchema } from "./json-schemas.ts";

/** Who writes what a schema describes: for what comes `in`, nothing may be newly demanded; what goes `out` stays promised. */
export type Direction = "in" | "out";

/**
 * Finds what a change of a JSON Schema takes from those who go by the earlier one: fields removed, retyped, newly required
 * (or, going out, no longer certain), values that are no longer taken, objects that were closed. Additions are none of it.
 */
export function findBreaks(before: JsonSchema, after: JsonSchema | undefined, { at = "", direction }: Place): string[] {
  if (after === undefined) {
    return [`${at || "/"} is removed`];
  }
  if (optionsOf(before).length === 0 && optionsOf(after).length > 0) {
    return leastBreaks(before, optionsOf(after), { at, direction });
  }
  const here = { at, direction };
  return [
    ...retyped(before, after, here),
    ...demanded(before, after, here),
    ...optionsLost(before, after, here),
    ...entriesOf(before.properties).flatMap(([name, schema]) =>
      findBreaks(schema, entryOf(after.properties, name), { at: `${at}/${name}`, direction }),
    ),
    ...(isSchema(before.items)
      ? findBreaks(before.items, isSchema(after.items) ? after.items : undefined, { at: `${at}/*`, direction })
      : []),
  ];
}

type Place = { at?: string; direction: Direction };
type Here = { at: string; direction: Direction };

function retyped(before: JsonSchema, after: JsonSchema, { at, direction }: Here): string[] {
  const types = [before.type].flat().filter((type) => type !== undefined);
  const taken = [after.type].flat();
  const isRetyped = !types.every((type) => taken.includes(type) || (type === "integer" && taken.includes("number")));
  const lost = valuesOf(before).filter((value) => hasValues(after) && !valuesOf(after).includes(value));
  const isNarrowed = direction === "in" && !hasValues(before) && hasValues(after) && before.type === "string";
  const isClosed =
    before.additionalProperties !== false && after.additionalProperties === false && before.type === "object";
  return [
    ...(isRetyped ? [`${at} was ${types.join(" or ")} and is ${taken.join(" or ")}`] : []),
    ...(direction === "in" ? lost.map((value) => `${at} may no longer be ${JSON.stringify(value)}`) : []),
    ...(isNarrowed ? [`${at} may no longer be any text`] : []),
    ...(isClosed && direction === "in" ? [`${at || "/"} no longer takes other keys`] : []),
  ];
}

function demanded(before: JsonSchema, after: JsonSchema, { at, direction }: Here): string[] {
  const [old, now] = [namesIn(before.required), namesIn(after.required)];
  return direction === "in"
    ? now.filter((name) => !old.includes(name)).map((name) => `${at}/${name} is newly required`)
    : old.filter((name) => !now.includes(name)).map((name) => `${at}/${name} is no longer certain`);
}

/** Each of the earlier alternatives must still be one, in any place, and alternatives may have become one schema. */
function optionsLost(before: JsonSchema, after: JsonSchema, { at, direction }: Here): string[] {
  const options = optionsOf(before);
  const left = optionsOf(after).length > 0 ? optionsOf(after) : [after];
  return options.flatMap((option, place) =>
    leastBreaks(option, left, { at, direction }).map((text) => `${text} (alternative ${place + 1})`),
  );
}

function leastBreaks(before: JsonSchema, candidates: readonly JsonSchema[], here: Here): string[] {
  const breaks = candidates.map((candidate) => findBreaks(before, candidate, here));
  return breaks.toSorted((a, b) => a.length - b.length)[0] ?? [];
}

function optionsOf(schema: JsonSchema): JsonSchema[] {
  const options = schema.oneOf ?? schema.anyOf;
  return Array.isArray(options) ? options.filter(isSchema) : [];
}

function hasValues(schema: JsonSchema): boolean {
  return "const" in schema || Array.isArray(schema.enum);
}

function valuesOf(schema: JsonSchema): unknown[] {
  return "const" in schema ? [schema.const] : Array.isArray(schema.enum) ? schema.enum : [];
}

function namesIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((name) => typeof name === "string") : [];
}

/** What must not be sent (`not: {}`) is nothing that could be taken away. */
function entriesOf(properties: unknown): [string, JsonSchema][] {
  const entries = isSchema(properties) ? Object.entries(properties) : [];
  return entries.filter((entry): entry is [string, JsonSchema] => isSchema(entry[1]) && !("not" in entry[1]));
}

function entryOf(properties: unknown, name: string): JsonSchema | undefined {
  const entry = isSchema(properties) && Object.hasOwn(properties, name) ? properties[name] : undefined;
  return isSchema(entry) ? entry : undefined;
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
