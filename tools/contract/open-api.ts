import { itemAnswersSchema, problemSchema } from "#shared/contracts/answers.ts";
import { limits } from "#shared/contracts/inventory-event.ts";
import { inventoryEventJsonSchema, inventoryEventTypes, type JsonSchema, partialJsonSchema } from "./event-schemas.ts";

/** The endpoints as OpenAPI 3.1. */
export function openApiDocument(): JsonSchema {
  return {
    openapi: "3.1.0",
    info: {
      title: "Blocket bridge",
      version: "1",
      description: "Inventory events in. What becomes of them is told as ad events, on EventBridge.",
    },
    paths: { "/sources/{source}/inventory-events": { post: postInventoryEvents() } },
    components: {
      parameters: Object.fromEntries(signatureHeaders.map(({ key, ...parameter }) => [key, parameter])),
      schemas: {
        InventoryEvent: {
          oneOf: inventoryEventTypes.map((type) => reference(type)),
          discriminator: {
            propertyName: "type",
            mapping: Object.fromEntries(inventoryEventTypes.map((type) => [type, reference(type).$ref])),
          },
        },
        ...Object.fromEntries(
          inventoryEventTypes.map((type) => [type, withoutDialect(inventoryEventJsonSchema(type))]),
        ),
        ItemAnswers: partialJsonSchema(itemAnswersSchema),
        Problem: partialJsonSchema(problemSchema),
      },
    },
  };
}

const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });

function withoutDialect({ $schema: _, ...schema }: JsonSchema): JsonSchema {
  return schema;
}

const header = (key: string, name: string, description: string) => ({
  key,
  name,
  in: "header",
  required: true,
  schema: { type: "string" },
  description,
});

const signatureHeaders = [
  header("WebhookId", "webhook-id", "The delivery's id, as Standard Webhooks has it."),
  header("WebhookTimestamp", "webhook-timestamp", "Seconds since 1970; at most five minutes from our clock."),
  header("WebhookSignature", "webhook-signature", "`v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`."),
];

function postInventoryEvents(): JsonSchema {
  const batch = { type: "array", items: reference("InventoryEvent"), maxItems: limits.batchEvents };
  const one = reference("InventoryEvent");
  return {
    operationId: "postInventoryEvents",
    summary: "Say what is for sale",
    description: `One CloudEvent, or a batch of up to ${limits.batchEvents}; at most ${limits.bodyBytes} bytes.`,
    parameters: [
      { name: "source", in: "path", required: true, schema: { type: "string" } },
      ...signatureHeaders.map(({ key }) => ({ $ref: `#/components/parameters/${key}` })),
      {
        name: "prefer",
        in: "header",
        schema: { type: "string" },
        description: "`handling=strict`: all events or none (422).",
      },
    ],
    requestBody: {
      required: true,
      content: {
        "application/cloudevents+json": { schema: one },
        "application/cloudevents-batch+json": { schema: batch },
        "application/json": { schema: { anyOf: [one, batch] } },
      },
    },
    responses: {
      "202": {
        description: "Every event is queued, or rejected by itself: the request is not to be sent again.",
        content: { "application/json": { schema: reference("ItemAnswers") } },
      },
      ...Object.fromEntries(Object.entries(refusals).map(([status, description]) => [status, problem(description)])),
    },
  };
}

const refusals = {
  "400": "Not JSON, or not CloudEvents 1.0.",
  "401": "Not signed, signed too long ago, or by none of the source's secrets.",
  "403": "The source speaks for none of the dealers.",
  "404": "There is no such source.",
  "413": "Too large, or too many events.",
  "415": "Another content type, a compressed body, or CloudEvents in binary mode.",
  "422": "Handling is strict and an event is invalid; nothing was queued.",
  "429": "Too many requests; see Retry-After.",
  "503": "Not queued: send the whole request again.",
};

function problem(description: string): JsonSchema {
  return { description, content: { "application/problem+json": { schema: reference("Problem") } } };
}
