import { parseArgs } from "node:util";
import { defaultPorts } from "./sandbox-constants.ts";

export type SandboxSettings = {
  port: number;
  simulatorPort: number;
  /** Where the state is kept; null: in memory. */
  dir: string | null;
  bundled: boolean;
  playsStock: boolean;
  /** Whether to leave once the stock has been played. */
  exits: boolean;
};

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the command line and the environment. Throws an Error whose message is one sentence for the user. */
export function readSettings(args: string[], env: Environment): SandboxSettings {
  const options = readOptions(args);
  if (options.exit && options["no-stock"]) {
    throw new Error("--exit waits for the sample stock, so it does not go with --no-stock");
  }
  if (env.SANDBOX_DIR === "") {
    throw new Error("SANDBOX_DIR is empty: name a directory, or leave it unset to keep nothing");
  }
  return {
    port: readPort(env, "PORT", defaultPorts.bridge),
    simulatorPort: readPort(env, "SIMULATOR_PORT", defaultPorts.simulator),
    dir: env.SANDBOX_DIR ?? null,
    bundled: options.bundled,
    playsStock: !options["no-stock"],
    exits: options.exit,
  };
}

const flag = { type: "boolean", default: false } as const;

function readOptions(args: string[]) {
  try {
    return parseArgs({ args, options: { exit: flag, bundled: flag, "no-stock": flag } }).values;
  } catch (cause) {
    throw new Error(`unknown argument in "${args.join(" ")}": there are --exit, --bundled and --no-stock`, { cause });
  }
}

/** The port a variable names; 0 stands for any free one. */
export function readPort(env: Environment, name: string, standard: number): number {
  const text = env[name];
  if (text === undefined) {
    return standard;
  }
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) {
    throw new Error(`${name} must be a port from 0 to 65535, not "${text}"`);
  }
  return Number(text);
}
