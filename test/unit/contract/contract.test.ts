import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { buildContract } from "#tools/contract/build-contract.ts";
import { compare, findBreaksSinceKept, findStale } from "#tools/contract/check-contract.ts";
import { type Direction, findBreaks } from "#tools/contract/find-breaks.ts";
import type { JsonSchema } from "#tools/contract/json-schemas.ts";
import { keepContract } from "#tools/contract/kept-contracts.ts";

const fields = (
  properties: Record<string, JsonSchema>,
  required: string[] = [],
  more: JsonSchema = {},
): JsonSchema => ({
  type: "object",
  properties,
  required,
  ...more,
});
const text: JsonSchema = { type: "string" };
const nullable = (schema: JsonSchema): JsonSchema => ({ anyOf: [schema, { type: "null" }] });
const whole: JsonSchema = { type: "integer" };

describe("the published contract", () => {
  it("is as the source has it: npm run contract writes it", async () => {
    expect(await findStale()).toEqual([]);
  });

  it("takes nothing from one that a version published", () => {
    expect(findBreaksSinceKept()).toEqual([]);
  });

  it("tells what it takes from each of them, however many changes ago", async () => {
    const folder = mkdtempSync(join(tmpdir(), "blocket-bridge-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    for (const version of ["0.0.1", "0.0.2"]) {
      await keepContract(join(folder, version));
    }
    expect(findBreaksSinceKept(folder)).toEqual([]);
    const file = join(folder, "0.0.1/contract/openapi.json");
    writeFileSync(file, readFileSync(file, "utf8").replace('"withdrawn"', '"withdrawn", "given-away"'));
    expect(findBreaksSinceKept(folder)).toEqual([
      '0.0.1: inventory.item.removed: /data/reason may no longer be "given-away"',
    ]);
    rmSync(join(folder, "0.0.2/contract/AdStalled.schema.json"));
    expect(findBreaksSinceKept(folder)).toHaveLength(1);
    rmSync(join(folder, "0.0.2/contract/openapi.json"));
    expect(findBreaksSinceKept(folder)).toContain("0.0.2: its contract is not kept: npm run golden keeps it");
    await expect(keepContract(join(folder, "0.0.1"))).rejects.toThrow("EEXIST");
  });

  it("has every inventory event, every ad event, and the endpoint", async () => {
    const files = [...(await buildContract()).keys()].filter((path) => path.startsWith("docs/contract"));
    expect(files).toHaveLength(4 + 9 + 1);
  });
});

describe("a change of a schema", () => {
  it.each<[string, JsonSchema, JsonSchema, string[], Direction?]>([
    ["an added field", fields({ a: text }), fields({ a: text, b: text }), []],
    ["a removed field", fields({ a: text, b: text }), fields({ a: text }), ["/b is removed"]],
    ["a removed field deep down", fields({ a: fields({ b: text }) }), fields({ a: fields({}) }), ["/a/b is removed"]],
    [
      "a removed field of an entry",
      fields({ a: { type: "array", items: fields({ b: text }) } }),
      fields({ a: { type: "array", items: fields({}) } }),
      ["/a/*/b is removed"],
    ],
    ["a retyped field", fields({ a: text }), fields({ a: whole }), ["/a was string and is integer"]],
    ["a wider number", fields({ a: whole }), fields({ a: { type: "number" } }), []],
    ["a field that may be null now", fields({ a: text }), fields({ a: { anyOf: [text, { type: "null" }] } }), []],
    ["a newly required field", fields({ a: text }), fields({ a: text }, ["a"]), ["/a is newly required"]],
    ["a new field that is required", fields({}), fields({ a: text }, ["a"]), ["/a is newly required"]],
    ["a field no longer required", fields({ a: text }, ["a"]), fields({ a: text }), []],
    [
      "an answer's field no longer certain",
      fields({ a: text }, ["a"]),
      fields({ a: text }),
      ["/a is no longer certain"],
      "out",
    ],
    ["a new field that an answer always has", fields({}), fields({ a: text }, ["a"]), [], "out"],
    [
      "an added value",
      fields({ a: { type: "string", enum: ["x"] } }),
      fields({ a: { type: "string", enum: ["x", "y"] } }),
      [],
    ],
    [
      "a removed value",
      fields({ a: { type: "string", enum: ["x", "y"] } }),
      fields({ a: { type: "string", enum: ["x"] } }),
      ['/a may no longer be "y"'],
    ],
    [
      "free text that became a list of values",
      fields({ a: text }),
      fields({ a: { type: "string", enum: ["x"] } }),
      ["/a may no longer be any value"],
    ],
    [
      "an object that was closed",
      fields({}),
      fields({}, [], { additionalProperties: false }),
      ["/ no longer takes other keys"],
    ],
    [
      "an added alternative",
      { oneOf: [fields({ a: text })] },
      { oneOf: [fields({ b: text }), fields({ a: text })] },
      [],
    ],
    [
      "a removed alternative",
      { oneOf: [fields({ a: text }), fields({ b: text })] },
      { oneOf: [fields({ a: text })] },
      ["/b is removed"],
    ],
    ["a field that must not be sent", fields({ a: { not: {} } }), fields({}), []],
    ["a value of a field that was anything", fields({ a: {} }), fields({ a: text }), ["/a was anything and is string"]],
    [
      "other keys that were anything",
      fields({}, [], { additionalProperties: {} }),
      fields({}, [], { additionalProperties: text }),
      ["/{} was anything and is string"],
    ],
    ["a list of types that is told as alternatives", { type: ["string", "null"] }, nullable(text), []],
    ["another schema by name", { $ref: "#/a" }, { $ref: "#/b" }, ["/ was #/a and is #/b"]],
    ["a part that is added", { allOf: [text] }, { allOf: [text, whole] }, ["/ was string and is integer"]],
  ])("%s", (_, before, after, breaks, direction = "in") => {
    expect(findBreaks(before, after, { direction })).toEqual(breaks);
  });
});

describe("a change of what goes out", () => {
  it.each<[string, JsonSchema, JsonSchema, string[]]>([
    ["a field that may be null now", text, nullable(text), ["/a was string and is null"]],
    ["a field that is never null now", nullable(text), text, []],
    ["a field that may be another thing", text, { type: ["string", "number"] }, ["/a was string and is number"]],
    ["a field that is one thing of two now", { type: ["string", "number"] }, text, []],
    ["a field that may be a fraction now", whole, { type: "number" }, ["/a was integer and is number"]],
    ["a field that is whole now", { type: "number" }, whole, []],
    ["a field of which nothing is known any more", text, {}, ["/a was string and is anything"]],
    ["an alternative that no longer comes", { oneOf: [text, whole] }, { oneOf: [text] }, []],
    ["a value that no longer comes", { enum: ["x", "y"] }, { enum: ["x"] }, []],
    ["a value that is added", { enum: ["x"] }, { enum: ["x", "y"] }, []],
    ["a value that is another", { const: 1 }, { const: 2 }, ["/a may no longer be 1"]],
    ["values that are free now", { type: "string", enum: ["x"] }, text, ["/a may now be any value"]],
    [
      "other keys of another type",
      { type: "object", additionalProperties: text },
      { type: "object", additionalProperties: whole },
      ["/a/{} was string and is integer"],
    ],
    ["another schema by name", { $ref: "#/b" }, { $ref: "#/c" }, ["/a was #/b and is #/c"]],
    ["a part that is gone", { allOf: [{ $ref: "#/b" }, text] }, { allOf: [text] }, ["/a was #/b and is string"]],
    [
      "entries that may be null now",
      { type: "array", items: text },
      { type: "array", items: nullable(text) },
      ["/a/* was string and is null"],
    ],
  ])("%s", (_, before, after, breaks) => {
    expect(findBreaks(fields({ a: before }), fields({ a: after }), { direction: "out" })).toEqual(breaks);
  });
});

describe("a change of the endpoints", () => {
  const api = (operation: object, security: unknown[] = [{ A: [] }, { B: [] }]) => ({
    security,
    paths: { "/a": { get: operation } },
    components: { schemas: {} },
  });
  const json = (schema: JsonSchema) => ({ content: { "application/json": { schema } } });
  const asked = {
    parameters: [{ name: "q", schema: text }],
    requestBody: json({}),
    responses: { "200": json({ $ref: "#/a" }) },
  };
  it.each([
    [
      "an added parameter and answer",
      api({
        ...asked,
        parameters: [...asked.parameters, { name: "r" }],
        responses: { ...asked.responses, "404": {} },
      }),
      [],
    ],
    ["an added proof", api(asked, [{ C: [] }, { B: [] }, { A: [] }]), []],
    ["a removed answer", api({ ...asked, responses: {} }), ["GET /a no longer answers 200"]],
    ["a removed parameter", api({ ...asked, parameters: [] }), ["GET /a no longer knows q"]],
    [
      "a newly required parameter",
      api({ ...asked, parameters: [{ name: "q", schema: text, required: true }] }),
      ["GET /a newly requires q"],
    ],
    ["a removed proof", api(asked, [{ A: [] }]), ['{"B":[]} is no longer a proof']],
    [
      "an answer of another schema",
      api({ ...asked, responses: { "200": json({ $ref: "#/b" }) } }),
      ["GET /a 200 application/json was #/a and is #/b"],
    ],
    [
      "an answer of another media type",
      api({ ...asked, responses: { "200": { content: { "text/plain": {} } } } }),
      ["GET /a 200 no longer comes as application/json"],
    ],
    [
      "a body that takes less",
      api({ ...asked, requestBody: json(text) }),
      ["GET /a body application/json was anything and is string"],
    ],
    [
      "a body that is no longer taken",
      api({ ...asked, requestBody: {} }),
      ["GET /a body no longer comes as application/json"],
    ],
    [
      "a parameter that takes less",
      api({ ...asked, parameters: [{ name: "q", schema: { type: "string", enum: ["x"] } }] }),
      ["GET /a q may no longer be any value"],
    ],
    ["a removed endpoint", { ...api(asked), paths: {} }, ["GET /a is removed"]],
  ])("%s", (_, now, breaks) => {
    expect(compare(api(asked), now)).toEqual(breaks);
  });
});
