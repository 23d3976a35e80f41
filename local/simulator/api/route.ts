import type { QuirkValues } from "#local/simulator/quirks.ts";
import type { BodyKind } from "#local/simulator/schema/body-schema.ts";
import type { VehicleType } from "#shared/contracts/vehicle-types.ts";
import type { Operation } from "./call.ts";

/** What a success carries; the schema of each is in `schema/reply-schemas.ts`. */
export type ReplyKind = "row" | "rows" | "write" | "log" | "validated" | "values" | "openapi";

/** One method on one path: what answers it, and everything that its description says of it. */
export interface RouteOperation {
  id: string;
  summary: string;
  handle: Operation;
  /** Of a body in JSON; an operation without one reads none. `generic` bodies name their type by `category_id`. */
  body?: BodyKind | "generic";
  query?: "ads" | "log" | "bump" | "models" | "columns";
  status: 200 | 201;
  reply: ReplyKind;
  /** Whether it can be refused with 400, 403 or 404 for what is asked, beside what every operation can answer. */
  refusals: readonly (400 | 403 | 404 | 409)[];
  /** Whether it is there at all; always, if absent. */
  isOffered?: (quirks: QuirkValues) => boolean;
  /** Answers without a token. */
  isOpen?: true;
}

export interface Route {
  /** `/v4/ad/{source_id}`, without `/pro-import-api`. */
  path: string;
  vehicleType: VehicleType | null;
  /** By method. */
  operations: Readonly<Record<string, RouteOperation>>;
}

export interface RouteMatch {
  vehicleType: VehicleType | null;
  params: Record<string, string>;
  operations: Readonly<Record<string, RouteOperation>>;
}

interface Template {
  route: Route;
  segments: readonly string[];
}

export type MatchRoute = (path: string, quirks: QuirkValues) => RouteMatch | null;

function splitPath(path: string): string[] {
  return path.replace(/(?<=.)\/$/, "").split("/");
}

/** A segment that is no valid percent-encoding is taken as it stands, and so names nothing. */
function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function fits(template: Template, segments: readonly string[]): boolean {
  if (template.segments.length !== segments.length) return false;
  return template.segments.every((part, index) => {
    const segment = segments[index] ?? "";
    return part.startsWith("{") ? segment !== "" : part === segment;
  });
}

function readParams({ segments: parts }: Template, segments: readonly string[]): Record<string, string> {
  const named = parts.flatMap((part, index) =>
    part.startsWith("{") ? [[part.slice(1, -1), decodeSegment(segments[index] ?? "")] as const] : [],
  );
  return Object.fromEntries(named);
}

function offered({ operations }: Route, quirks: QuirkValues): [string, RouteOperation][] {
  return Object.entries(operations).filter(([, operation]) => operation.isOffered?.(quirks) ?? true);
}

/**
 * Finds what a path leads to; null for one that leads nowhere. One slash at the end makes no difference. Of several
 * routes that fit, such as `/v4/car/validate` and `/v4/car/{source_id}`, the earlier one has its methods first.
 */
export function routeMatcher(routes: readonly Route[]): MatchRoute {
  const byCollection = new Map<string, Template[]>();
  for (const route of routes) {
    const segments = splitPath(route.path);
    const collection = segments.slice(0, 3).join("/");
    byCollection.set(collection, [...(byCollection.get(collection) ?? []), { route, segments }]);
  }
  return (path, quirks) => {
    const segments = splitPath(path);
    const templates = (byCollection.get(segments.slice(0, 3).join("/")) ?? []).filter((one) => fits(one, segments));
    const operations = templates.flatMap(({ route }) => offered(route, quirks));
    if (operations.length === 0) return null;
    const params = Object.assign({}, ...templates.map((template) => readParams(template, segments)));
    const vehicleType = templates[0]?.route.vehicleType ?? null;
    return { vehicleType, params, operations: Object.fromEntries(operations.reverse()) };
  };
}
