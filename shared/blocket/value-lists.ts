import type { NamedValue } from "#shared/contracts/known-values.ts";
import type { VehicleType } from "#shared/contracts/vehicle-types.ts";
import { type AuthorisedCallOptions, authorisedCall } from "./authorised-call.ts";
import { parsePage } from "./page.ts";
import { parseJson } from "./parse-json.ts";
import { type ApiPath, attributesPath, isAttribute, modelsPath, valuesPath } from "./paths.ts";

/**
 * `listed`: what the marketplace lists now; an attribute it lists nothing usable for is left out. `unavailable`: it has no such
 * lists for this type. `failed`: it could not be asked, or not for all.
 */
export type ValuesReply =
  | { kind: "listed"; attributes: Record<string, NamedValue[]>; models: Record<string, NamedValue[]> }
  | { kind: "unavailable" }
  | { kind: "failed"; reason: string };

export type ValueListsOptions = AuthorisedCallOptions & {
  /** All requests for one vehicle type together; for cars that is one for each brand. */
  budgetMs: number;
};

/** One after the other: nobody waits for it, and what reads the ads shares the marketplace's patience. */
type Ask = (path: ApiPath) => Promise<NamedValue[] | "unavailable">;

class NotAnsweredError extends Error {}

/** Asks the marketplace which values it has. Source: typed-endpoints document, "Vehicle field values". */
export function blocketValueLists(options: ValueListsOptions) {
  const call = authorisedCall(options);
  return {
    async list({ tokenId, vehicleType }: { tokenId: string; vehicleType: VehicleType }): Promise<ValuesReply> {
      const deadline = options.now() + options.budgetMs;
      const ask: Ask = async (path) => {
        const outcome = await call({ method: "GET", tokenId, path, body: null, deadline });
        if (outcome.kind !== "answer") {
          throw new NotAnsweredError(outcome.reason);
        }
        if (outcome.status === 404 || outcome.status === 405) {
          return "unavailable";
        }
        if (outcome.status !== 200) {
          throw new NotAnsweredError(`HTTP ${outcome.status}`);
        }
        return parseValues(outcome.body) ?? "unavailable";
      };
      try {
        return await listAll(ask, vehicleType);
      } catch (error) {
        if (error instanceof NotAnsweredError) {
          return { kind: "failed", reason: error.message };
        }
        throw error;
      }
    },
  };
}

async function listAll(ask: Ask, vehicleType: VehicleType): Promise<ValuesReply> {
  const attributes = await ask(attributesPath(vehicleType));
  if (attributes === "unavailable") {
    return { kind: "unavailable" };
  }
  const names = attributes.map(({ id }) => id).filter(isAttribute);
  const values = await askEach(ask, names, (name) => valuesPath(vehicleType, name));
  const brands = vehicleType === "car" ? (values.brand ?? []).map(({ id }) => id) : [];
  return { kind: "listed", attributes: values, models: await askEach(ask, brands, modelsPath) };
}

async function askEach(ask: Ask, names: readonly string[], pathOf: (name: string) => ApiPath) {
  const lists: Record<string, NamedValue[]> = {};
  for (const name of names) {
    const values = await ask(pathOf(name));
    if (values !== "unavailable") {
      lists[name] = values;
    }
  }
  return lists;
}

/** null for what isn't a whole list of ids: by half a list what is right would be called wrong. */
function parseValues(body: string): NamedValue[] | null {
  const page = parsePage(parseJson(body));
  if (page === null || (page.count !== null && page.count > page.items.length)) {
    return null;
  }
  const values = page.items.map(toValue);
  return values.every((value) => value !== null) ? values : null;
}

function toValue(item: unknown): NamedValue | null {
  const { id, name } = (typeof item === "object" && item !== null ? item : {}) as Record<string, unknown>;
  return typeof id === "string" && id !== "" ? { id, name: typeof name === "string" ? name : id } : null;
}
