import type { NamedValue } from "#shared/contracts/known-values.ts";
import type { VehicleType } from "#shared/contracts/vehicle-types.ts";
import { type AuthorisedCallOptions, authorisedCall } from "./authorised-call.ts";
import { parsePage } from "./page.ts";
import { parseJson } from "./parse-json.ts";
import { type ApiPath, attributesPath, isAttribute, modelsPath, valuesPath } from "./paths.ts";

/**
 * `listed`: what the marketplace lists now; an attribute it lists nothing usable for is left out, and one it does not list to the
 * end is also named in `notWhole`. `unavailable`: it has no such lists for this type. `failed`: it could not be asked, or not for all.
 */
export type ValuesReply =
  | { kind: "listed"; attributes: ValueLists; models: ValueLists; notWhole: string[] }
  | { kind: "unavailable" }
  | { kind: "failed"; reason: string };

type ValueLists = Record<string, NamedValue[]>;

export type ValueListsOptions = AuthorisedCallOptions & {
  /** All requests for one vehicle type together; for cars that is one for each brand. */
  budgetMs: number;
};

/** One after the other: nobody waits for it, and what reads the ads shares the marketplace's patience. */
type Ask = (path: ApiPath) => Promise<Answer>;
type Answer = NamedValue[] | "unavailable" | "not-whole";

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
        return parseValues(outcome.body);
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
  if (attributes === "not-whole") {
    return { kind: "listed", attributes: {}, models: {}, notWhole: ["attributes"] };
  }
  const names = attributes.map(({ id }) => id).filter(isAttribute);
  const values = await askEach(ask, names, (name) => valuesPath(vehicleType, name));
  const brands = vehicleType === "car" ? (values.lists.brand ?? []).map(({ id }) => id) : [];
  const models = await askEach(ask, brands, modelsPath);
  const notWhole = [...values.notWhole, ...models.notWhole.map((brand) => `models of ${brand}`)];
  return { kind: "listed", attributes: values.lists, models: models.lists, notWhole };
}

async function askEach(ask: Ask, names: readonly string[], pathOf: (name: string) => ApiPath) {
  const lists: ValueLists = {};
  const notWhole: string[] = [];
  for (const name of names) {
    const values = await ask(pathOf(name));
    if (values === "not-whole") {
      notWhole.push(name);
    } else if (values !== "unavailable") {
      lists[name] = values;
    }
  }
  return { lists, notWhole };
}

/** By half a list what is right would be called wrong. That these lists can be paged is not documented, so no other page is asked for. */
function parseValues(body: string): Answer {
  const page = parsePage(parseJson(body));
  if (page === null) {
    return "unavailable";
  }
  if (page.hasNext || (page.count !== null && page.count > page.items.length)) {
    return "not-whole";
  }
  const values = page.items.map(toValue);
  return values.every((value) => value !== null) ? values : "unavailable";
}

function toValue(item: unknown): NamedValue | null {
  const { id, name } = (typeof item === "object" && item !== null ? item : {}) as Record<string, unknown>;
  return typeof id === "string" && id !== "" ? { id, name: typeof name === "string" ? name : id } : null;
}
