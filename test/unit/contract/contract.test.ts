import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { buildContract, projectRoot } from "#tools/contract/build-contract.ts";
import { compare, findBreaksOfHistory, findStale } from "#tools/contract/check-contract.ts";
import { type Direction, findBreaks } from "#tools/contract/find-breaks.ts";
import type { JsonSchema } from "#tools/contract/json-schemas.ts";

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
const whole: JsonSchema = { type: "integer" };

describe("the published contract", () => {
  it("is as the source has it: npm run contract writes it", async () => {
    expect(await findStale()).toEqual([]);
  });

  // A copy of the source without its history has nothing to compare with.
  it.skipIf(!existsSync(join(projectRoot, ".git")))("takes nothing from the one before its last change", (context) => {
    const { breaks, notCompared } = findBreaksOfHistory();
    expect(breaks).toEqual([]);
    context.skip(notCompared !== undefined, notCompared);
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
      ["/a may no longer be any text"],
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
      ["/b is removed (alternative 2)"],
    ],
    ["a field that must not be sent", fields({ a: { not: {} } }), fields({}), []],
  ])("%s", (_, before, after, breaks, direction = "in") => {
    expect(findBreaks(before, after, { direction })).toEqual(breaks);
  });
});

describe("a change of the endpoints", () => {
  const api = (operation: object, security: unknown[] = [{ A: [] }, { B: [] }]) => ({
    security,
    paths: { "/a": { get: operation } },
    components: { schemas: {} },
  });
  const asked = { parameters: [{ name: "q" }], responses: { "200": {} } };
  it.each([
    [
      "an added parameter and answer",
      api({ parameters: [{ name: "q" }, { name: "r" }], responses: { "200": {}, "404": {} } }),
      [],
    ],
    ["an added proof", api(asked, [{ C: [] }, { B: [] }, { A: [] }]), []],
    ["a removed answer", api({ ...asked, responses: {} }), ["GET /a no longer answers 200"]],
    ["a removed parameter", api({ ...asked, parameters: [] }), ["GET /a no longer knows q"]],
    [
      "a newly required parameter",
      api({ ...asked, parameters: [{ name: "q", required: true }] }),
      ["GET /a newly requires q"],
    ],
    ["a removed proof", api(asked, [{ A: [] }]), ['{"B":[]} is no longer a proof']],
    ["a removed endpoint", { ...api(asked), paths: {} }, ["GET /a is removed"]],
  ])("%s", (_, now, breaks) => {
    expect(compare(api(asked), now)).toEqual(breaks);
  });
});
