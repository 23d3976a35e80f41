import { jsonReply, type Reply } from "#local/simulator/exchange.ts";
import type { QuirkValues } from "#local/simulator/quirks.ts";
import { describeApi } from "#local/simulator/schema/describe-api.ts";
import { listAttributes, listModels, listValues } from "#local/simulator/vehicles/list-values.ts";
import { type VehicleType, vehicleTypeNames } from "#shared/contracts/vehicle-types.ts";
import type { Call } from "./call.ts";
import { boostAd, bumpAd, retryAd } from "./charged-calls.ts";
import { createAd, createGenericAd } from "./create-ad.ts";
import { deleteAd } from "./delete-ad.ts";
import { getAd } from "./get-ad.ts";
import { listAds } from "./list-ads.ts";
import { listLog } from "./list-log.ts";
import { migrateAd } from "./migrate-ad.ts";
import { type Route, type RouteOperation, routeMatcher } from "./route.ts";
import { updateAd } from "./update-ad.ts";
import { validateAd } from "./validate-ad.ts";

type Of = (id: string) => RouteOperation;

const onAd = { status: 200, refusals: [404] } as const;
const onWrite = { status: 200, reply: "write", refusals: [400, 404] } as const;

const list: Of = (id) => ({
  ...onAd,
  id: `list_${id}`,
  summary: "List ads",
  handle: listAds,
  query: "ads",
  reply: "rows",
  refusals: [400],
});
const get: Of = (id) => ({
  ...onAd,
  id: `get_${id}`,
  summary: "Look up an ad",
  handle: getAd,
  query: "columns",
  reply: "row",
});
const log: Of = (id) => ({
  ...onAd,
  id: `log_${id}`,
  summary: "Look up the log of an ad",
  handle: listLog,
  query: "log",
  reply: "log",
  refusals: [400, 404],
});
const remove: Of = (id) => ({ ...onWrite, id: `delete_${id}`, summary: "Delete an ad", handle: deleteAd });
const bump: Of = (id) => ({
  ...onWrite,
  id: `bump_${id}`,
  summary: "Renew an ad; charged",
  handle: bumpAd,
  query: "bump",
  refusals: [400, 403, 404],
});
const boost: Of = (id) => ({
  ...onWrite,
  id: `pole_position_${id}`,
  summary: "Set pole position on an ad; charged",
  handle: boostAd,
});
const retry: Of = (id) => ({
  ...onWrite,
  id: `retry_${id}`,
  summary: "Re-queue an ad for processing",
  handle: retryAd,
});
const update: Of = (id) => ({ ...onWrite, id, summary: "Update an ad", handle: updateAd, body: "change" });
const migrate: Of = (id) => ({
  ...onWrite,
  id: `migrate_${id}`,
  summary: "Migrate a V3 ad to V4",
  handle: migrateAd,
  body: "migrate",
});

const post = { status: 201, reply: "write", refusals: [400, 403, 409] } as const;
const create: Of = (id) => ({ ...post, id: `create_${id}`, summary: "Create an ad", handle: createAd, body: "create" });
const validate: Of = (id) => ({
  id: `validate_${id}`,
  summary: "Validate a body without saving it",
  handle: validateAd,
  body: "create",
  status: 200,
  reply: "validated",
  refusals: [400, 403],
});

const hasValidate = ({ validatePath }: QuirkValues) => validatePath === "typed";
const isOffered = ({ genericWrites }: QuirkValues) => genericWrites === "present";

function route(path: string, vehicleType: VehicleType | null, operations: Route["operations"]): Route {
  return { path, vehicleType, operations };
}

const createGeneric: RouteOperation = { ...create("ad"), handle: createGenericAd, body: "generic", isOffered };

const genericRoutes: Route[] = [
  route("/v4/ad", null, { GET: list("ad"), POST: createGeneric }),
  route("/v4/ad/{source_id}", null, {
    GET: get("ad"),
    DELETE: remove("ad"),
    PUT: { ...update("replace_ad"), body: "generic", isOffered },
    PATCH: { ...update("update_ad"), body: "generic", isOffered },
  }),
  route("/v4/ad/{source_id}/log", null, { GET: log("ad") }),
  route("/v4/ad/{source_id}/bump", null, { GET: bump("ad") }),
  route("/v4/ad/{source_id}/pole_position", null, { GET: boost("ad") }),
  route("/v4/ad/{source_id}/retry", null, { GET: retry("ad") }),
  route("/v4/ad/{source_id}/migrate", null, { POST: { ...migrate("ad"), body: "generic", isOffered } }),
];

/** Typed endpoints, note under "Endpoints": bump, pole_position and retry, but not log, "are also available" here. */
function typedRoutes(type: VehicleType): Route[] {
  const id = type.replaceAll("-", "_");
  return [
    route(`/v4/${type}`, type, { GET: list(id), POST: create(id) }),
    route(`/v4/${type}/validate`, type, { POST: { ...validate(id), isOffered: hasValidate } }),
    route(`/v4/${type}/{source_id}`, type, {
      GET: get(id),
      PUT: update(`replace_${id}`),
      PATCH: update(`update_${id}`),
      DELETE: remove(id),
    }),
    route(`/v4/${type}/{source_id}/migrate`, type, { POST: migrate(id) }),
    route(`/v4/${type}/{source_id}/bump`, type, { GET: bump(id) }),
    route(`/v4/${type}/{source_id}/pole_position`, type, { GET: boost(id) }),
    route(`/v4/${type}/{source_id}/retry`, type, { GET: retry(id) }),
  ];
}

const values = { status: 200, reply: "values", refusals: [404] } as const;

const valueRoutes: Route[] = [
  route("/v4/vehicles/car/models", null, {
    GET: {
      ...values,
      id: "list_car_models",
      summary: "Models of a brand; samples only",
      handle: listModels,
      query: "models",
      refusals: [400],
    },
  }),
  route("/v4/vehicles/{vehicle_type}/attributes", null, {
    GET: { ...values, id: "list_attributes", summary: "Attributes with listed values", handle: listAttributes },
  }),
  route("/v4/vehicles/{vehicle_type}/{attribute}", null, {
    GET: { ...values, id: "list_values", summary: "Values of an attribute; samples only", handle: listValues },
  }),
];

let described: { quirks: QuirkValues; reply: Reply } | null = null;

/** The description of what is served under the quirks as they are now. */
function describe({ state: { quirks } }: Call): Reply {
  if (described?.quirks !== quirks) described = { quirks, reply: jsonReply(200, describeApi(routes, quirks)) };
  return described.reply;
}

const descriptionRoute = route("/docs/openapi.json", null, {
  GET: {
    id: "describe_api",
    summary: "This document",
    handle: describe,
    status: 200,
    reply: "openapi",
    refusals: [],
    isOpen: true,
  },
});

/** Every endpoint there is: what is routed, refused and described comes from here alone. */
export const routes: readonly Route[] = [
  ...genericRoutes,
  ...valueRoutes,
  ...vehicleTypeNames.flatMap(typedRoutes),
  descriptionRoute,
];

export const matchRoute = routeMatcher(routes);
