import { describe, expect, it } from "vitest";
import { quirkNames } from "#local/simulator/quirks.ts";
import { describeOptions, readOptions } from "#local/simulator/read-options.ts";
import { car, logOf, startMarketplace } from "./marketplace-fixture.ts";

const read = (args: string, env = {}) => readOptions(args === "" ? [] : args.split(" "), env);

describe("the simulator's command line", () => {
  it("has a default for everything", () => {
    expect(read("")).toEqual({ port: 8788, seed: 1, settings: { quirks: {} } });
  });

  it("reads every option", () => {
    const options = read(
      "--port 0 --seed 7 --dir .state --fault-rate .05 --quirk logField=logs --quirk duplicateStatus=409 --token t=A --token=g=A,B",
    );
    expect(options).toEqual({
      port: 0,
      seed: 7,
      dir: ".state",
      settings: { faultRate: 0.05, quirks: { logField: "logs", duplicateStatus: 409 } },
      tokens: {
        t: { scope: "dealer_code", dealerCodes: ["A"] },
        g: { scope: "dealer_group", dealerCodes: ["A", "B"] },
      },
    });
  });

  it("takes the port from SIMULATOR_PORT, unless it is given", () => {
    expect(read("", { SIMULATOR_PORT: "9000" })?.port).toBe(9000);
    expect(read("--port 1", { SIMULATOR_PORT: "9000" })?.port).toBe(1);
  });

  it.each([
    ["2s", 2_000, 2_000],
    ["800ms", 800, 800],
    ["0.5m", 30_000, 30_000],
    ["0ms", 0, 0],
    ["5s-20s", 5_000, 20_000],
  ])("publishes with a latency of %s after %i to %i ms", (latency, leastMs, mostMs) => {
    const fixture = startMarketplace(read(`--latency ${latency}`)?.settings);
    const posted = fixture.now();
    fixture.call("POST", "/v4/car", car);
    fixture.settle();
    expect(logOf(fixture, "car-1").at(-1)).toBe("publish done");
    const tookMs = fixture.now() - posted;
    expect(tookMs).toBeGreaterThanOrEqual(leastMs - 5);
    expect(tookMs).toBeLessThanOrEqual(mostMs + 5);
  });

  it.each([
    ["--verbose", "Unknown option '--verbose': --help shows what there is"],
    ["--port", "Option '--port <value>' argument missing: --help shows what there is"],
    ["run", "Unexpected argument 'run': --help shows what there is"],
    ["--port http", 'the port must be a whole number, not "http"'],
    ["--port 65536", "the port must be at most 65535, not 65536"],
    ["--seed -1", "Option '--seed' argument is ambiguous: --help shows what there is"],
    ["--seed=-1", 'the seed must be a whole number, not "-1"'],
    ["--seed 4294967296", "the seed must be at most 4294967295, not 4294967296"],
    ["--quirk logField", '--quirk takes name=value, not "logField"'],
    ["--quirk a=b=c", '--quirk takes name=value, not "a=b=c"'],
    ["--quirk toString=x", `there is no quirk "toString": there are ${quirkNames.join(", ")}`],
    ["--quirk logField=Log", 'the quirk logField is one of log, logs, not "Log"'],
    ["--latency 5", 'the latency is a time such as 800ms or 5s-2m, not "5"'],
    ["--latency 2m-5s", 'the latency is a time such as 800ms or 5s-2m, not "2m-5s"'],
    ["--latency 1s-2s-3s", 'the latency is a time such as 800ms or 5s-2m, not "1s-2s-3s"'],
    ["--fault-rate 1.5", 'the fault rate must be from 0 to 1, not "1.5"'],
    ["--fault-rate half", 'the fault rate must be from 0 to 1, not "half"'],
    ["--token secret", '--token takes TOKEN=DEALER or TOKEN=DEALER,DEALER, not "secret"'],
    ["--token secret=", '--token takes TOKEN=DEALER or TOKEN=DEALER,DEALER, not "secret="'],
  ])("says in one sentence what is wrong with %s", (args, sentence) => {
    expect(() => read(args)).toThrow(new Error(sentence));
  });

  it("shows all there is for --help", () => {
    expect(read("--help --port 1")).toBeNull();
    for (const name of [...quirkNames, "--port", "--latency", "--quirk"]) expect(describeOptions()).toContain(name);
  });
});
