import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { environment, functionVariables } from "#shared/contracts/environment.ts";
import { readConfig } from "#shared/lambda/read-config.ts";
import { readEnvironment } from "#shared/lambda/read-environment.ts";

const schema = z.object({
  TABLE: z.string(),
  QUEUE: z.url(),
  RATE: z.string().check(z.regex(/^\d+$/)),
  BUS: z.string(),
});

describe("readEnvironment", () => {
  it("gives the variables it was asked for", () => {
    const env = { TABLE: "ads", QUEUE: "http://127.0.0.1/q", RATE: "5", BUS: "b", HOME: "/root" };
    expect(readEnvironment(env, schema)).toEqual({ TABLE: "ads", QUEUE: "http://127.0.0.1/q", RATE: "5", BUS: "b" });
  });

  it("names every fault at once in one sentence, and quotes no value", () => {
    const read = () => readEnvironment({ QUEUE: "canary", RATE: "canary" }, schema);
    expect(read).toThrow(
      "The environment variables are not as this function needs them: missing: TABLE, BUS; " +
        "QUEUE must be a whole address (URL); RATE must match /^\\d+$/.",
    );
  });
});

describe("readConfig", () => {
  const { receive, submit } = functionVariables;
  it.each([
    ["receive", receive.map((key) => environment[key])],
    ["submit", submit.map((key) => environment[key])],
  ] as const)("names all that %s needs when nothing is set", (functionName, names) => {
    for (const name of names) {
      expect(() => readConfig({}, functionName)).toThrow(name);
    }
  });

  it("gives a function's variables under the names that our code has for them", () => {
    const env = {
      [environment.adsTable]: "ads",
      [environment.submitQueue]: "http://127.0.0.1/q",
      [environment.sourcesSecret]: "sources",
      [environment.maxPictures]: "38",
      [environment.metricsNamespace]: "bridge",
    };
    expect(readConfig(env, "receive")).toEqual({
      adsTable: "ads",
      submitQueue: "http://127.0.0.1/q",
      sourcesSecret: "sources",
      maxPictures: 38,
      metricsNamespace: "bridge",
    });
  });

  it("names the variable that holds malformed JSON, and what in it is wrong", () => {
    const read = (waits: string) => () => readConfig({ [environment.waits]: waits }, "submit");
    expect(read("{canary")).toThrow(`${environment.waits}: must be JSON`);
    expect(read("{canary")).not.toThrow("canary");
    expect(read('{"roundMs":"canary"}')).toThrow(`${environment.waits}: roundMs must be a`);
  });
});
