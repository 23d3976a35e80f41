import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { adEventDataSchemas } from "#shared/contracts/ad-event.ts";
import { adEventJsonSchema, adEventTypes } from "#tools/contract/ad-event-schemas.ts";
import type { JsonSchema } from "#tools/contract/json-schemas.ts";
import { playExamples } from "#tools/contract/play-examples.ts";

const examples = await playExamples(adEventTypes);
const ajv = new Ajv2020({ strict: true });
const validators = new Map(adEventTypes.map((type) => [type, ajv.compile(adEventJsonSchema(type))]));

/** A field more in every object, and other words wherever there is a word. */
function grow(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(grow);
  }
  if (typeof value === "object" && value !== null) {
    const grown = Object.entries(value).map(([name, of]) => [name, grow(of)]);
    return { ...Object.fromEntries(grown), "of a later bridge": { any: ["thing"] } };
  }
  return typeof value === "string" ? `${value}-new` : typeof value === "number" ? value + 1 : value;
}

const keysIn = (schema: unknown): string[] =>
  typeof schema === "object" && schema !== null
    ? Object.entries(schema).flatMap(([key, value]) => [key, ...keysIn(value)])
    : [];

describe.each(adEventTypes)("the published schema of %s", (type) => {
  const { metadata, data } = examples[type];
  const isValid = (detail: unknown) => validators.get(type)?.(detail);

  it("fits an event that was really told, as the type does", () => {
    expect(isValid({ metadata, data })).toBe(true);
    expect(adEventDataSchemas[type].parse(data)).toEqual(data);
  });

  it("still fits when a later bridge adds fields and values", () => {
    expect(isValid(grow({ metadata, data }))).toBe(true);
    expect(keysIn(adEventJsonSchema(type))).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(const|enum|pattern|additionalProperties|maximum|maxLength)$/)]),
    );
  });

  it("refuses what lacks a field that every listener goes by", () => {
    for (const name of ["id", "sequence", "dealerCode", "itemId", "replay"]) {
      const { [name]: _, ...rest } = metadata as Record<string, unknown>;
      expect(isValid({ metadata: rest, data }), name).toBe(false);
    }
    for (const name of Object.keys(data)) {
      const { [name]: _, ...rest } = data as Record<string, unknown>;
      expect(isValid({ metadata, data: rest }), name).toBe(false);
    }
  });

  it("says something of every field", () => {
    const { properties } = adEventJsonSchema(type) as { properties: Record<string, { properties: JsonSchema }> };
    for (const part of Object.values(properties)) {
      for (const field of Object.values(part.properties)) {
        expect(field).toMatchObject({ description: expect.stringMatching(/\.$/) });
      }
    }
  });
});
