import { describe, expect, it } from "vitest";
import { readSettings } from "#local/sandbox/read-settings.ts";
import { sandboxWaits } from "#local/sandbox/sandbox-waits.ts";
import { productionWaits } from "#shared/contracts/waits.ts";

describe("the settings of a sandbox", () => {
  it("are those of the documents when nothing is said", () => {
    expect(readSettings([], {})).toEqual({
      port: 8787,
      simulatorPort: 8788,
      dir: null,
      bundled: false,
      playsStock: true,
      exits: false,
    });
  });

  it("take ports and the directory from the environment, the rest from the arguments", () => {
    const settings = readSettings(["--exit", "--bundled"], {
      PORT: "0",
      SIMULATOR_PORT: "65535",
      SANDBOX_DIR: "state",
    });
    expect(settings).toEqual({
      port: 0,
      simulatorPort: 65_535,
      dir: "state",
      bundled: true,
      playsStock: true,
      exits: true,
    });
    expect(readSettings(["--no-stock"], {}).playsStock).toBe(false);
  });

  it.each([
    [[], { PORT: "65536" }, /^PORT must be a port/],
    [[], { PORT: "" }, /^PORT must be a port/],
    [[], { SIMULATOR_PORT: "-1" }, /^SIMULATOR_PORT must be a port/],
    [[], { SANDBOX_DIR: "" }, /^SANDBOX_DIR is empty/],
    [["file.json"], {}, /^unknown argument in "file.json"/],
    [["--exit", "--no-stock"], {}, /^--exit waits for the sample stock/],
  ])("%j with %j are refused in one sentence", (args, env, sentence) => {
    expect(() => readSettings(args, env)).toThrow(sentence);
  });
});

describe("the waits of the sandbox", () => {
  it("are twenty times shorter, rounds a second apart", () => {
    expect(sandboxWaits.overdueMs).toBe(productionWaits.overdueMs / 20);
    expect(sandboxWaits.chainForgetMs).toBe(productionWaits.chainForgetMs / 20);
    expect(sandboxWaits.roundMs).toBe(1_000);
  });
});
