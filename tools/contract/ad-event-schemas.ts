import * as z from "zod/mini";
import { type AdEventType, adEventDataSchemas, adEventMetadataSchema } from "#shared/contracts/ad-event.ts";
import { adEventWords, metadataWords } from "./ad-event-words.ts";
import type { JsonSchema } from "./json-schemas.ts";

export const adEventTypes = Object.keys(adEventDataSchemas) as AdEventType[];

/**
 * The `detail` of an ad event as JSON Schema (2020-12), loose: it says what is certain to be there, and refuses neither a field nor
 * a value that a later bridge adds.
 */
export function adEventJsonSchema(type: AdEventType): JsonSchema {
  const detail = z.object({ metadata: adEventMetadataSchema, data: adEventDataSchemas[type] });
  const { $schema, ...schema } = loosen(z.toJSONSchema(detail, { io: "input" })) as JsonSchema;
  const { metadata, data } = schema.properties as { metadata: JsonSchema; data: JsonSchema };
  const { when, fields } = adEventWords[type];
  const properties = { metadata: describe(metadata, metadataWords), data: describe(data, fields) };
  return { $schema, title: type, description: when, ...schema, properties };
}

/** No list of values, and no bound, that a later bridge might go beyond. */
function loosen(schema: unknown): unknown {
  if (Array.isArray(schema)) {
    return schema.map(loosen);
  }
  if (typeof schema !== "object" || schema === null) {
    return schema;
  }
  const kept = Object.entries(schema).filter(([key]) => !tight.has(key));
  return Object.fromEntries(kept.map(([key, value]) => [key, loosen(value)]));
}

const tight = new Set(["const", "enum", "minimum", "maximum", "additionalProperties"]);

function describe(schema: JsonSchema, words: Readonly<Record<string, string>>): JsonSchema {
  const properties = Object.entries(schema.properties as Record<string, JsonSchema>);
  return {
    ...schema,
    properties: Object.fromEntries(
      properties.map(([name, property]) => [name, { ...property, description: words[name] }]),
    ),
  };
}
