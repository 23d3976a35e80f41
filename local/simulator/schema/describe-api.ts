import { z } from "zod";
import type { Route, RouteOperation } from "#local/simulator/api/route.ts";
import type { QuirkValues } from "#local/simulator/quirks.ts";
import type { VehicleType } from "#shared/contracts/vehicle-types.ts";
import { type BodyKind, bodySchema } from "./body-schema.ts";
import { queryParameters } from "./query-parameters.ts";
import {
  detailSchema,
  logEntrySchema,
  namedValuesSchema,
  pageSchema,
  refusalSchema,
  rowSchema,
} from "./reply-schemas.ts";

type JsonSchema = Record<string, unknown>;

function pascal(name: string): string {
  return name.replace(/(^|[-_])(\w)/g, (_all, _dash, letter: string) => letter.toUpperCase());
}

function bodyName(vehicleType: VehicleType | null, kind: string): string {
  return `${pascal(vehicleType ?? "any")}${pascal(kind)}`;
}

const referTo = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });

/** The schemas that replies are checked against, by their names in the document. */
export function replySchemas(quirks: QuirkValues): Record<string, z.ZodType> {
  const row = rowSchema(quirks);
  const columns = row.partial();
  return {
    Ad: row,
    AdColumns: columns,
    AdPage: pageSchema(columns, quirks),
    LogPage: pageSchema(logEntrySchema, quirks),
    NamedValues: namedValuesSchema,
    Document: z.looseObject({}),
    Refusal: refusalSchema,
    Detail: detailSchema,
  };
}

/** The name of the schema of a success; null for one without a body. */
export function replyName({ reply }: RouteOperation, { writeReply }: QuirkValues): string | null {
  switch (reply) {
    case "row":
      return "AdColumns";
    case "rows":
      return "AdPage";
    case "write":
      return writeReply === "empty" ? null : "Ad";
    case "log":
      return "LogPage";
    case "values":
      return "NamedValues";
    case "validated":
    case "openapi":
      return "Document";
  }
}

/** The statuses of an operation, with the names of their schemas. */
export function describeStatuses(operation: RouteOperation, quirks: QuirkValues): Record<number, string | null> {
  const refusals = operation.refusals.filter((status) => status !== 409 || quirks.duplicateStatus === 409);
  const named = refusals.map((status) => [status, status === 400 || status === 409 ? "Refusal" : "Detail"] as const);
  return {
    [operation.status]: replyName(operation, quirks),
    ...Object.fromEntries(named),
    ...(operation.isOpen !== true && { 401: "Detail" }),
    413: "Detail",
    ...(operation.body !== undefined && { 415: "Detail" }),
  };
}

const statusTexts: Record<number, string> = {
  200: "OK",
  201: "Created: accepted, and queued for processing",
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  409: "Conflict",
  413: "Content Too Large",
  415: "Unsupported Media Type",
};

function describeResponses(operation: RouteOperation, quirks: QuirkValues): JsonSchema {
  const statuses = Object.entries(describeStatuses(operation, quirks));
  return Object.fromEntries(
    statuses.map(([status, name]) => {
      const content = name !== null && { content: { "application/json": { schema: referTo(name) } } };
      return [status, { description: statusTexts[Number(status)] ?? status, ...content }];
    }),
  );
}

function toPlainSchema(schema: z.ZodType): JsonSchema {
  const { $schema, ...plain } = z.toJSONSchema(schema, { io: "input" }) as JsonSchema;
  return plain;
}

function describeParameters(path: string, { query }: RouteOperation): JsonSchema[] {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
  const known: Record<string, z.ZodType> = query === undefined ? {} : queryParameters[query];
  const inQuery = Object.entries(known).map(([name, schema]) => ({
    name,
    in: "query",
    required: query === "models",
    schema: toPlainSchema(schema),
  }));
  return [...inPath, ...inQuery];
}

function describeOperation(route: Route, operation: RouteOperation, quirks: QuirkValues): JsonSchema {
  const { id, summary, body, isOpen } = operation;
  const schema = body === "generic" ? { type: "object" } : referTo(bodyName(route.vehicleType, body ?? ""));
  return {
    operationId: id,
    summary,
    tags: [route.vehicleType ?? route.path.split("/")[2]],
    parameters: describeParameters(route.path, operation),
    ...(body !== undefined && { requestBody: { required: true, content: { "application/json": { schema } } } }),
    responses: describeResponses(operation, quirks),
    ...(isOpen === true && { security: [] }),
  };
}

function describePath(route: Route, quirks: QuirkValues): JsonSchema {
  const offered = Object.entries(route.operations).filter(([, { isOffered }]) => isOffered?.(quirks) ?? true);
  return Object.fromEntries(
    offered.map(([method, operation]) => [method.toLowerCase(), describeOperation(route, operation, quirks)]),
  );
}

function bodySchemas(routes: readonly Route[], quirks: QuirkValues): Record<string, z.ZodType> {
  const kinds: readonly BodyKind[] = ["create", "change", "migrate"];
  const types = new Set(routes.flatMap(({ vehicleType }) => (vehicleType === null ? [] : [vehicleType])));
  return Object.fromEntries(
    [...types].flatMap((type) => kinds.map((kind) => [bodyName(type, kind), bodySchema(type, kind, quirks)])),
  );
}

/** The OpenAPI 3.1 document of what these routes serve under these quirks. */
export function describeApi(routes: readonly Route[], quirks: QuirkValues): JsonSchema {
  const schemas = { ...bodySchemas(routes, quirks), ...replySchemas(quirks) };
  const paths = routes.map((route) => [route.path, describePath(route, quirks)] as const);
  return {
    openapi: "3.1.0",
    info: {
      title: "Pro Import API, simulated",
      version: "4",
      description:
        "What the simulator serves under its present quirks, from the schemas it checks with. Values of brands and models are samples. Not a document of Blocket's.",
    },
    servers: [{ url: "/pro-import-api" }],
    security: [{ token: [] }],
    paths: Object.fromEntries(paths.filter(([, operations]) => Object.keys(operations).length > 0)),
    components: {
      securitySchemes: { token: { type: "apiKey", in: "header", name: "X-Auth-Token" } },
      schemas: Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, toPlainSchema(schema)])),
    },
  };
}
