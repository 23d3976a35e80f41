import * as z from "zod/mini";

export type JsonSchema = { [key: string]: unknown };

/** A schema of ours, for a place that names the dialect itself. Loose: who reads our answers has to let new fields pass. */
export function partialJsonSchema(schema: z.ZodMiniType): JsonSchema {
  return withoutDialect(z.toJSONSchema(schema, { io: "input" }));
}

export function withoutDialect({ $schema: _, ...schema }: JsonSchema): JsonSchema {
  return schema;
}

/** A schema by its name in an OpenAPI document. */
export function reference(name: string): { $ref: string } {
  return { $ref: `#/components/schemas/${name}` };
}
