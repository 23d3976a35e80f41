import type { JsonSchema } from "./json-schemas.ts";

/** Who writes what a schema describes: for what comes `in`, nothing may be newly demanded; what goes `out` stays promised. */
export type Direction = "in" | "out";

/**
 * Finds what a change of a JSON Schema takes from those who go by the earlier one: fields removed, retyped, newly required
 * (or, going out, no longer certain), values that are no longer taken, objects that were closed. Additions are none of it: a
 * field in both directions, a value, and coming in a type; going out, a type less is none. Bounds and patterns are not compared.
 */
export function findBreaks(before: JsonSchema, after: JsonSchema | undefined, { at = "", direction }: Place): string[] {
  if (after === undefined) {
    return [`${at || "/"} is removed`];
  }
  const here = { at, direction };
  if (isOneOfSeveral(before) || isOneOfSeveral(after)) {
    return optionsLost(before, after, here);
  }
  if (Array.isArray(before.allOf) || Array.isArray(after.allOf)) {
    return partsLost(before, after, here);
  }
  return [
    ...retyped(before, after, here),
    ...valuesLost(before, after, here),
    ...demanded(before, after, here),
    ...entriesOf(before.properties).flatMap(([name, schema]) =>
      findBreaks(schema, entryOf(after.properties, name), { at: `${at}/${name}`, direction }),
    ),
    ...(isOnly("array", before, after)
      ? findBreaks(restOf(before.items), restOf(after.items), { at: `${at}/*`, direction })
      : []),
    ...(isOnly("object", before, after) ? otherKeysLost(before, after, here) : []),
  ];
}

type Place = { at?: string; direction: Direction };
type Here = { at: string; direction: Direction };

/** What is written by the earlier schema has to fit the one of now; what is written by the one of now, the earlier one. */
function sides<T>(before: T, after: T, direction: Direction): { written: T; read: T } {
  return direction === "in" ? { written: before, read: after } : { written: after, read: before };
}

function retyped(before: JsonSchema, after: JsonSchema, { at, direction }: Here): string[] {
  const [was, is] = [nameOf(before), nameOf(after)];
  const { written, read } = sides(was, is, direction);
  const fits = read === anything || written === read || (written === "integer" && read === "number");
  return fits ? [] : [`${at || "/"} was ${was} and is ${is}`];
}

const anything = "anything";

/** The type of a schema without alternatives, or the name it refers to. */
function nameOf({ $ref, type, not, ...schema }: JsonSchema): string {
  if (not !== undefined) {
    return "nothing";
  }
  const [value] = type === undefined ? valuesOf(schema) : [];
  return String($ref ?? [type].flat()[0] ?? (value === undefined ? anything : value === null ? "null" : typeof value));
}

function valuesLost(before: JsonSchema, after: JsonSchema, { at, direction }: Here): string[] {
  const [had, has] = [hasValues(before), hasValues(after)];
  if (direction === "in" && !had && has) {
    return [`${at} may no longer be any value`];
  }
  if (direction === "out" && had && !has) {
    return [`${at} may now be any value`];
  }
  const lost = had && has ? valuesOf(before).filter((value) => !valuesOf(after).includes(value)) : [];
  // Going out, a value less is promised still, unless none of them is left.
  const isTold = direction === "in" || lost.length === valuesOf(before).length;
  return isTold ? lost.map((value) => `${at} may no longer be ${JSON.stringify(value)}`) : [];
}

function demanded(before: JsonSchema, after: JsonSchema, { at, direction }: Here): string[] {
  const [old, now] = [namesIn(before.required), namesIn(after.required)];
  return direction === "in"
    ? now.filter((name) => !old.includes(name)).map((name) => `${at}/${name} is newly required`)
    : old.filter((name) => !now.includes(name)).map((name) => `${at}/${name} is no longer certain`);
}

/** Keys without a name of their own. Going out, more of them may always come. */
function otherKeysLost(before: JsonSchema, after: JsonSchema, { at, direction }: Here): string[] {
  const [old, now] = [before.additionalProperties, after.additionalProperties];
  if (now === false || old === false) {
    return old !== false && direction === "in" ? [`${at || "/"} no longer takes other keys`] : [];
  }
  return findBreaks(restOf(old), restOf(now), { at: `${at}/{}`, direction });
}

/** Whatever is written has to be one of the alternatives that are read, in any place. */
function optionsLost(before: JsonSchema, after: JsonSchema, here: Here): string[] {
  const { written, read } = sides(optionsOf(before), optionsOf(after), here.direction);
  return leastBreaks(written, read, (option, other) => findMisfits(option, other, here));
}

/** Each part that what is read must fit has to follow from a part of what is written. */
function partsLost(before: JsonSchema, after: JsonSchema, here: Here): string[] {
  const { written, read } = sides(partsOf(before), partsOf(after), here.direction);
  return leastBreaks(read, written, (part, other) => findMisfits(other, part, here));
}

/** What breaks between each of them and that of the others which it fits best. */
function leastBreaks(
  each: readonly JsonSchema[],
  others: readonly JsonSchema[],
  find: (one: JsonSchema, other: JsonSchema) => string[],
): string[] {
  return each.flatMap((one) => {
    const breaks = others.map((other) => find(one, other));
    return breaks.toSorted((a, b) => a.length - b.length)[0] ?? [];
  });
}

/** What breaks where the one is written and the other read; the direction says which of them is the earlier. */
function findMisfits(written: JsonSchema, read: JsonSchema, here: Here): string[] {
  return here.direction === "in" ? findBreaks(written, read, here) : findBreaks(read, written, here);
}

function isOneOfSeveral({ oneOf, anyOf, type }: JsonSchema): boolean {
  return Array.isArray(oneOf) || Array.isArray(anyOf) || (Array.isArray(type) && type.length > 1);
}

/** What stands beside the alternatives holds for each of them. */
function optionsOf(schema: JsonSchema): JsonSchema[] {
  const { oneOf, anyOf, ...rest } = schema;
  const options = oneOf ?? anyOf;
  if (Array.isArray(options)) {
    return options.filter(isSchema).flatMap((option) => optionsOf({ ...rest, ...option }));
  }
  return isOneOfSeveral(schema) ? [schema.type].flat().map((type) => ({ ...schema, type })) : [schema];
}

function partsOf({ allOf, ...rest }: JsonSchema): JsonSchema[] {
  const parts = Array.isArray(allOf) ? allOf.filter(isSchema) : [];
  return parts.length === 0 || Object.keys(rest).length > 0 ? [rest, ...parts] : parts;
}

function isOnly(type: string, before: JsonSchema, after: JsonSchema): boolean {
  return nameOf(before) === type && nameOf(after) === type;
}

/** A schema for what is not named one by one: where there is none, anything goes. */
function restOf(schema: unknown): JsonSchema {
  return isSchema(schema) ? schema : {};
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
