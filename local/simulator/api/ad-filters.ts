import { parseFilterTime } from "#local/simulator/filter-time.ts";
import { isJsonObject } from "#local/simulator/json.ts";
import type { QuirkValues } from "#local/simulator/quirks.ts";
import { type AdView, storeIdOf, titleOf } from "#local/simulator/row.ts";
import { checkValue } from "#local/simulator/schema/check-schema.ts";
import { adFilterSchemas } from "#local/simulator/schema/query-parameters.ts";
import { categoryIdOf } from "#local/simulator/v3-categories.ts";
import { vehicleTypes } from "#shared/contracts/vehicle-types.ts";
import { readNames } from "./page.ts";

interface AdFilter {
  /** Reads the value once, for all ads. */
  keeps: (value: string, quirks: QuirkValues) => (view: AdView) => boolean;
}

function timeFilter(read: (view: AdView) => number, compare: (time: number, limit: number) => boolean): AdFilter {
  return {
    keeps: (value, { filterTimeZone }) => {
      const limit = parseFilterTime(value, filterTimeZone);
      return (view) => compare(read(view), limit);
    },
  };
}

function timeFilters(name: string, read: (view: AdView) => number): Record<string, AdFilter> {
  return {
    [`${name}__gt`]: timeFilter(read, (time, limit) => time > limit),
    [`${name}__gte`]: timeFilter(read, (time, limit) => time >= limit),
    [`${name}__lt`]: timeFilter(read, (time, limit) => time < limit),
    [`${name}__lte`]: timeFilter(read, (time, limit) => time <= limit),
  };
}

function categoryOf({ ad }: AdView): string {
  return String(categoryIdOf(ad));
}

/** Typed endpoints: "Only works for registered vehicles." */
function plateOf({ ad, document }: AdView): string | null {
  if (!vehicleTypes[ad.vehicleType].registered) return null;
  const fields = document.category_fields;
  const plate = isJsonObject(fields) ? fields.registration_number : undefined;
  return typeof plate === "string" ? plate.toLowerCase() : "";
}

function isFound(view: AdView, text: string): boolean {
  return `${titleOf(view)}\n${view.document.body ?? ""}`.toLowerCase().includes(text);
}

function equals(read: (view: AdView) => string | null): AdFilter {
  return { keeps: (value) => (view) => read(view) === value };
}

function isAmong(read: (view: AdView) => string | null): AdFilter {
  return {
    keeps: (value) => {
      const names: ReadonlySet<string | null> = new Set(readNames(value));
      return (view) => names.has(read(view));
    },
  };
}

/** What each filter keeps, by its name in the query. */
const adFilters: Record<keyof typeof adFilterSchemas, AdFilter> & Record<string, AdFilter> = {
  id: equals(({ ad }) => ad.id),
  state: equals(({ state }) => state),
  source_id: equals(({ ad }) => ad.sourceId),
  source_id__in: isAmong(({ ad }) => ad.sourceId),
  source_id__icontains: {
    keeps: (value) => {
      const part = value.toLowerCase();
      return ({ ad }) => ad.sourceId.toLowerCase().includes(part);
    },
  },
  dealer_code: equals(({ ad }) => ad.dealerCode),
  category_id: equals(categoryOf),
  category_id__in: isAmong(categoryOf),
  search: {
    keeps: (value) => {
      const text = value.toLowerCase();
      return (view) => isFound(view, text);
    },
  },
  blocket_ad_id: equals(({ ad }) => ad.blocketAdId),
  blocket_ad_id__in: isAmong(({ ad }) => ad.blocketAdId),
  blocket_store_id: {
    keeps:
      (value, { storeId }) =>
      ({ ad }) =>
        storeId === "absent" || storeIdOf(ad) === value,
  },
  registration_number: {
    keeps: (value) => {
      const plate = value.toLowerCase();
      return (view) => plateOf(view) === plate;
    },
  },
  ...timeFilters("created", ({ ad }) => ad.createdAt),
  ...timeFilters("updated", ({ updatedAt }) => updatedAt),
};

export type ReadFilters =
  | { kind: "filters"; keeps: (view: AdView) => boolean }
  | { kind: "refused"; errors: Record<string, string[]> };

/** The filters of a query; unknown names and empty values ask for nothing. */
export function readAdFilters(query: URLSearchParams, quirks: QuirkValues): ReadFilters {
  const errors: Record<string, string[]> = {};
  const chosen: ((view: AdView) => boolean)[] = [];
  for (const [name, value] of query) {
    const filter = Object.hasOwn(adFilters, name) ? adFilters[name] : undefined;
    const schema = adFilterSchemas[name as keyof typeof adFilterSchemas];
    if (filter === undefined || value === "") continue;
    const error = checkValue(schema, value);
    if (error === null) chosen.push(filter.keeps(value, quirks));
    else errors[name] = [error];
  }
  if (Object.keys(errors).length > 0) return { kind: "refused", errors };
  return { kind: "filters", keeps: (view) => chosen.every((keeps) => keeps(view)) };
}
