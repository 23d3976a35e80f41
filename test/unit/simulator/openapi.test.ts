import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { quirkNames, quirks } from "#local/simulator/quirks.ts";
import { startMarketplace } from "./marketplace-fixture.ts";

/** Every quirk at its last alternative; the document is far from the one under all defaults. */
const allTurned = Object.fromEntries(quirkNames.map((name) => [name, quirks[name].alternatives.at(-1)]));

interface Described {
  paths: Record<string, Record<string, { operationId: string; parameters: { name: string; in: string }[] }>>;
  components: { schemas: Record<string, object> };
}

function described(chosen: Record<string, unknown> = {}): Described {
  const { status, body } = startMarketplace({ quirks: chosen }).call("GET", "/docs/openapi.json");
  expect(status).toBe(200);
  return body;
}

const validator = new Validator();

describe("the OpenAPI document", () => {
  it.each([
    ["all defaults", {}],
    ["all turned", allTurned],
  ])("is one of OpenAPI 3.1 under %s, all references of which lead somewhere", async (_which, chosen) => {
    const { valid, errors } = await validator.validate({ ...described(chosen) });
    expect([valid, errors, validator.version]).toEqual([true, undefined, "3.1"]);
    expect(() => validator.resolveRefs()).not.toThrow();
  });

  it("has schemas of JSON Schema 2020-12, the dialect of OpenAPI 3.1", () => {
    const ajv = new Ajv2020({ validateFormats: false });
    for (const [name, schema] of Object.entries(described().components.schemas)) {
      expect([name, ajv.validateSchema(schema), ajv.errors]).toEqual([name, true, null]);
    }
  });

  it("has one id for each operation, and a parameter for each name in a path", () => {
    const operations = Object.entries(described({ genericWrites: "present" }).paths).flatMap(([path, methods]) =>
      Object.values(methods).map((operation) => ({ path, ...operation })),
    );
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    for (const { path, parameters } of operations) {
      const inPath = parameters.filter((one) => one.in === "path").map(({ name }) => `{${name}}`);
      expect(path.match(/\{\w+\}/g) ?? []).toEqual(inPath);
    }
  });
});
