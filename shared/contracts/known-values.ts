import { type FieldError, toPointer } from "./field-error.ts";
import type { VehicleType } from "./vehicle-types.ts";

/** One of the values that the marketplace has for an attribute: what to send, and what people call it. */
export type NamedValue = { id: string; name: string };

/**
 * The values of one vehicle type, as the marketplace listed them at `fetchedAt` (epoch ms): by attribute, and for cars the
 * models by brand. What it does not list is not in here. Source: typed-endpoints document, "Vehicle field values".
 */
export type VehicleValues = {
  vehicleType: VehicleType;
  fetchedAt: number;
  attributes: Record<string, NamedValue[]>;
  models: Record<string, NamedValue[]>;
};

/** The partition of the ads' table in which they lie, a row for each vehicle type. No ad's key is without a `#`. */
export const valuesPartition = "values";

/** Values older than this no longer speak against a document: the marketplace may have new ones. A week. */
const trustedMs = 7 * 24 * 60 * 60_000;

/** Both are made when first asked for: there are thousands of models, and a function that starts needs those of one brand. */
type ValueList = { has(id: string): boolean; meantBy(word: string): NamedValue | undefined };
type TypeValues = { fetchedAt: number; lists: { path: string[]; list: ValueList }[]; models: Map<string, ValueList> };

/** `VehicleValues` made quick to look things up in. */
export type KnownValues = ReadonlyMap<VehicleType, TypeValues>;

/** Whoever names a vehicle, and free text: what is listed for them, if anything, is no limit. Models are looked up by brand. */
const unlimited = ["registration_number", "vin", "model", "model_type"];

/** The attribute has another name in documents. Source: the implementation guide's examples. */
const pathsInDocuments = new Map([["powertrain.fuel", "powertrain.fuels"]]);

export function indexValues(all: readonly VehicleValues[]): KnownValues {
  return new Map(
    all.map(({ vehicleType, fetchedAt, attributes, models }) => {
      const lists = Object.entries(attributes)
        .filter(([attribute, values]) => !unlimited.includes(attribute) && values.length > 0)
        .map(([attribute, values]) => ({
          path: (pathsInDocuments.get(attribute) ?? attribute).split("."),
          list: toList(values),
        }));
      const byBrand = Object.entries(models).filter(([, values]) => values.length > 0);
      return [vehicleType, { fetchedAt, lists, models: new Map(byBrand.map(([brand, of]) => [brand, toList(of)])) }];
    }),
  );
}

function toList(values: readonly NamedValue[]): ValueList {
  let ids: ReadonlySet<string> | undefined;
  let meanings: ReadonlyMap<string, NamedValue> | undefined;
  return {
    has(id) {
      ids ??= new Set(values.map((value) => value.id));
      return ids.has(id);
    },
    meantBy(word) {
      meanings ??= new Map(
        values.flatMap((value) => [value.name, value.id].map((name) => [simplify(name), value] as const)),
      );
      return meanings.get(simplify(word));
    },
  };
}

/** Upper case, accents, spaces and hyphens are where names and ids differ. */
function simplify(word: string): string {
  return word
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, "");
}

type Item = { vehicleType: VehicleType; fields: Record<string, unknown> };

/**
 * Finds the values that the marketplace has not, by what it last listed; where nothing is known of an attribute, or not
 * lately, everything passes. Only text is looked at, and lists of text. No message quotes the document.
 */
export function findUnknownValues(known: KnownValues, { vehicleType, fields }: Item, now: number): FieldError[] {
  const type = known.get(vehicleType);
  if (type === undefined || now - type.fetchedAt > trustedMs) {
    return [];
  }
  const models = typeof fields.brand === "string" ? type.models.get(fields.brand) : undefined;
  const lists = models === undefined ? type.lists : [...type.lists, { path: ["model"], list: models }];
  return lists.flatMap(({ path, list }) => findStrangers(path, list, fields));
}

function findStrangers(path: string[], list: ValueList, fields: Record<string, unknown>): FieldError[] {
  const value = path.reduce<unknown>(
    (inner, key) =>
      typeof inner === "object" && inner !== null && Object.hasOwn(inner, key)
        ? (inner as Record<string, unknown>)[key]
        : undefined,
    fields,
  );
  const elements: unknown[] = Array.isArray(value) ? value : [value];
  return elements.flatMap((element, place) => {
    if (typeof element !== "string" || list.has(element)) {
      return [];
    }
    const at = Array.isArray(value) ? [...path, place] : path;
    const pointer = toPointer(["data", "ad", "category_fields", ...at]);
    return [{ pointer, code: "unknown-value", message: describe(path.join("."), list.meantBy(element)) }];
  });
}

function describe(name: string, meant: NamedValue | undefined): string {
  return meant === undefined
    ? `${name} is not one of the values that Blocket has for it.`
    : `${name} must be "${meant.id}", which is Blocket's word for ${meant.name}.`;
}
