import { isJsonObject } from "#local/simulator/json.ts";
import { type AdView, titleOf } from "#local/simulator/row.ts";
import { vehicleTypes } from "#shared/contracts/vehicle-types.ts";
import { readNames } from "./page.ts";

interface AdFilter {
  /** What the API says of a value that it cannot use. */
  refuse?: (value: string) => string | null;
  keeps: (view: AdView, value: string) => boolean;
}

const datePattern = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;

/** Filter times carry no time zone; taken as UTC here. NaN for what is no time. */
function readTime(value: string): number {
  return datePattern.test(value) ? Date.parse(`${value.replace(" ", "T")}Z`) : Number.NaN;
}

function timeFilter(read: (view: AdView) => number, compare: (time: number, limit: number) => boolean): AdFilter {
  return {
    refuse: (value) => (Number.isNaN(readTime(value)) ? "Enter a valid date/time." : null),
    keeps: (view, value) => compare(read(view), readTime(value)),
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

function refuseNonNumbers(value: string): string | null {
  return readNames(value).every((name) => /^\d+$/.test(name)) ? null : "Enter a number.";
}

function categoryOf({ ad }: AdView): string {
  return String(vehicleTypes[ad.vehicleType].categoryId);
}

function plateOf({ document }: AdView): string {
  const fields = document.category_fields;
  const plate = isJsonObject(fields) ? fields.registration_number : undefined;
  return typeof plate === "string" ? plate.toLowerCase() : "";
}

function isFound(view: AdView, text: string): boolean {
  return `${titleOf(view)}\n${view.document.body ?? ""}`.toLowerCase().includes(text.toLowerCase());
}

/** Every documented filter of the list of ads, by its name in the query. */
const adFilters: Record<string, AdFilter> = {
  id: { keeps: ({ ad }, value) => ad.id === value },
  state: {
    refuse: (value) =>
      value === "created" || value === "deleted"
        ? null
        : `Select a valid choice. ${value} is not one of the available choices.`,
    keeps: ({ state }, value) => state === value,
  },
  source_id: { keeps: ({ ad }, value) => ad.sourceId === value },
  source_id__in: { keeps: ({ ad }, value) => readNames(value).includes(ad.sourceId) },
  source_id__icontains: { keeps: ({ ad }, value) => ad.sourceId.toLowerCase().includes(value.toLowerCase()) },
  dealer_code: { keeps: ({ ad }, value) => ad.dealerCode === value },
  category_id: { refuse: refuseNonNumbers, keeps: (view, value) => categoryOf(view) === value },
  category_id__in: { refuse: refuseNonNumbers, keeps: (view, value) => readNames(value).includes(categoryOf(view)) },
  search: { keeps: isFound },
  blocket_ad_id: { keeps: ({ ad }, value) => ad.blocketAdId === value },
  blocket_ad_id__in: { keeps: ({ ad }, value) => ad.blocketAdId !== null && readNames(value).includes(ad.blocketAdId) },
  registration_number: { keeps: (view, value) => plateOf(view) === value.toLowerCase() },
  ...timeFilters("created", ({ ad }) => ad.createdAt),
  ...timeFilters("updated", ({ updatedAt }) => updatedAt),
};

export type ReadFilters =
  | { kind: "filters"; keeps: (view: AdView) => boolean }
  | { kind: "refused"; errors: Record<string, string[]> };

/** The filters of a query; unknown names and empty values ask for nothing. */
export function readAdFilters(query: URLSearchParams): ReadFilters {
  const errors: Record<string, string[]> = {};
  const chosen: ((view: AdView) => boolean)[] = [];
  for (const [name, value] of query) {
    const filter = Object.hasOwn(adFilters, name) ? adFilters[name] : undefined;
    if (filter === undefined || value === "") continue;
    const error = filter.refuse?.(value) ?? null;
    if (error === null) chosen.push((view) => filter.keeps(view, value));
    else errors[name] = [error];
  }
  if (Object.keys(errors).length > 0) return { kind: "refused", errors };
  return { kind: "filters", keeps: (view) => chosen.every((keeps) => keeps(view)) };
}
