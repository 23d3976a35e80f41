import { limits } from "#shared/contracts/inventory-event.ts";
import type { ProblemSlug } from "#shared/contracts/problems.ts";
import type { Route } from "#shared/contracts/routes.ts";
import { type JsonSchema, reference } from "./json-schemas.ts";
import { describeHeaders, doorRefusals } from "./refusals.ts";

/** One operation as it is published; `refusals` is every problem it can answer. */
export type Endpoint = {
  operationId: string;
  summary: string;
  description: string;
  parameters: JsonSchema[];
  requestBody?: JsonSchema;
  answers: { [status: string]: JsonSchema };
  refusals: readonly ProblemSlug[];
};

const one = reference("InventoryEvent");
const batch = { type: "array", items: one, maxItems: limits.batchEvents };

const inPath = (name: string, description: string) => ({
  name,
  in: "path",
  required: true,
  schema: { type: "string" },
  description,
});
const source = inPath("source", "The source's name in the bridge's configuration.");

const dryRun = {
  name: "dry-run",
  in: "query",
  allowEmptyValue: true,
  schema: { type: "string", enum: ["", "true", "false"] },
  description: "`?dry-run` judges every event and queues none; `?dry-run=false` is as good as nothing.",
};
const prefer = {
  name: "prefer",
  in: "header",
  schema: { type: "string" },
  description: "`handling=strict` (RFC 7240): all events or none.",
};
const applied = describeHeaders({ "Preference-Applied": "`handling=strict`, where that was asked for." });
const fresh = describeHeaders({ "Cache-Control": "`no-store`." });

const answer = (description: string, schema: string, headers: JsonSchema) => ({
  description,
  headers,
  content: { "application/json": { schema: reference(schema) } },
});

const signedGet =
  "A GET has no body to sign: the signature covers `GET` and the path instead, with the ids as they are and not percent-encoded.";

/** Every endpoint, by its path among the routes. */
export const endpoints: Record<Route["path"], Endpoint> = {
  "/sources/{source}/inventory-events": {
    operationId: "postInventoryEvents",
    summary: "Say what is for sale",
    description: `One CloudEvent, or a batch of up to ${limits.batchEvents}; at most ${limits.bodyBytes} bytes.`,
    parameters: [source, dryRun, prefer],
    requestBody: {
      required: true,
      content: {
        "application/cloudevents+json": { schema: one },
        "application/cloudevents-batch+json": { schema: batch },
        "application/json": { schema: { anyOf: [one, batch] } },
      },
    },
    answers: {
      "200": answer("A dry run: every event is judged, and none is queued.", "DryRunAnswers", applied),
      "202": answer(
        "Every event is queued, or rejected by itself: the request is not to be sent again.",
        "ItemAnswers",
        applied,
      ),
    },
    refusals: [
      ...doorRefusals,
      "not-json",
      "not-cloudevents",
      "dry-run",
      "dealer-not-allowed",
      "body-too-large",
      "too-many-events",
      "content-type",
      "content-encoding",
      "binary-mode",
      "invalid-items",
    ],
  },
  "/sources/{source}/inventory-events/{id+}": {
    operationId: "getReceipt",
    summary: "Ask what became of an inventory event",
    description: signedGet,
    parameters: [source, inPath("id", "The event's id.")],
    answers: { "200": answer("The event's receipt.", "Receipt", fresh) },
    refusals: [...doorRefusals, "no-receipt"],
  },
  "/sources/{source}/items/{dealerCode}/{itemId+}": {
    operationId: "getItem",
    summary: "Ask how an item stands",
    description: signedGet,
    parameters: [source, inPath("dealerCode", "The dealer's code at Blocket."), inPath("itemId", "The item's id.")],
    answers: { "200": answer("The item, as seen from what was last asked for it.", "Item", fresh) },
    refusals: [...doorRefusals, "dealer-not-allowed", "unknown-item"],
  },
};
