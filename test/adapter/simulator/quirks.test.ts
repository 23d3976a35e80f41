import { describe, expect, it } from "vitest";
import { type QuirkName, quirkNames, quirks } from "#local/simulator/quirks.ts";
import { quirkCases } from "./quirk-cases.ts";
import { openSimulator } from "./simulator-api.ts";

const alternatives: [QuirkName, string | number][] = quirkNames.flatMap((name) =>
  quirks[name].alternatives.map((value): [QuirkName, string | number] => [name, value]),
);

describe("a quirk over HTTP", () => {
  it.each(alternatives)("%s=%s shows", async (name, value) => {
    const { settings, look, shows } = quirkCases[name];
    await using api = await openSimulator({ ...settings, quirks: { [name]: value } });
    expect(await look(api)).toEqual((shows as Record<string | number, unknown>)[value]);
  });

  it.each(quirkNames)("%s shows something else under each alternative", (name) => {
    const shown = Object.values(quirkCases[name].shows).map((seen) => JSON.stringify(seen) + String(seen));
    expect(new Set(shown).size).toBe(quirks[name].alternatives.length);
  });
});
