import * as z from "zod/mini";
import { dryRunAnswersSchema, itemAnswersSchema, problemSchema } from "#shared/contracts/answers.ts";
import { routes } from "#shared/contracts/routes.ts";
import { itemViewSchema, receiptViewSchema } from "#shared/contracts/status-answers.ts";
import { endpoints } from "./endpoints.ts";
import { inventoryEventJsonSchema, inventoryEventTypes } from "./event-schemas.ts";
import { type JsonSchema, partialJsonSchema, reference, withoutDialect } from "./json-schemas.ts";
import { refusalResponses } from "./refusals.ts";

/** What we answer, by its name in the document; all other schemas there describe what we are sent. */
export const answerSchemas: { [name: string]: z.ZodMiniType } = {
  ItemAnswers: itemAnswersSchema,
  DryRunAnswers: dryRunAnswersSchema,
  Receipt: receiptViewSchema,
  Item: itemViewSchema,
  Problem: problemSchema,
  GatewayMessage: z.object({ message: z.string() }),
};

/** The endpoints as OpenAPI 3.1. */
export function openApiDocument(): JsonSchema {
  return {
    openapi: "3.1.0",
    info: {
      title: "Blocket bridge",
      version: "1",
      description: "Inventory events in. What becomes of them is told as ad events, on EventBridge, and on request.",
    },
    security: [{ WebhookId: [], WebhookTimestamp: [], WebhookSignature: [] }, { ApiKey: [] }, { Basic: [] }],
    paths: Object.fromEntries(
      routes.map(({ method, path }) => [publicPath(path), { [method.toLowerCase()]: operation(path) }]),
    ),
    components: { securitySchemes, schemas: schemas() },
  };
}

/** OpenAPI knows no part that takes all that is left of a path: an id with a slash is sent with `%2F`. */
export function publicPath(path: string): string {
  return path.replaceAll("+}", "}");
}

function operation(path: keyof typeof endpoints): JsonSchema {
  const { answers, refusals, ...described } = endpoints[path];
  return { ...described, responses: { ...answers, ...refusalResponses(refusals) } };
}

function schemas(): JsonSchema {
  return {
    InventoryEvent: {
      oneOf: inventoryEventTypes.map(reference),
      discriminator: {
        propertyName: "type",
        mapping: Object.fromEntries(inventoryEventTypes.map((type) => [type, reference(type).$ref])),
      },
    },
    ...Object.fromEntries(inventoryEventTypes.map((type) => [type, withoutDialect(inventoryEventJsonSchema(type))])),
    ...Object.fromEntries(Object.entries(answerSchemas).map(([name, schema]) => [name, partialJsonSchema(schema)])),
  };
}

const header = (name: string, description: string) => ({ type: "apiKey", in: "header", name, description });
const byAgreement = "Only for a source that cannot sign, where its configuration has one.";

const securitySchemes = {
  WebhookId: header("webhook-id", "The delivery's id, as Standard Webhooks has it."),
  WebhookTimestamp: header("webhook-timestamp", "Seconds since 1970; at most five minutes from our clock."),
  WebhookSignature: header("webhook-signature", "`v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`."),
  ApiKey: header("X-API-Key", byAgreement),
  Basic: { type: "http", scheme: "basic", description: byAgreement },
};
