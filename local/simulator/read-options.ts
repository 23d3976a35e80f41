import { parseArgs } from "node:util";
import { type QuirkName, quirkNames, quirks } from "./quirks.ts";
import { readLatency } from "./read-latency.ts";
import type { SimulatorOptions } from "./server.ts";
import type { SettingsPatch } from "./settings.ts";
import type { Tokens } from "./tokens.ts";

const highestPort = 65_535;
const defaultPort = 8788;

const text = { type: "string" } as const;
const texts = { type: "string", multiple: true } as const;
const flag = { type: "boolean", default: false } as const;

const options = {
  port: text,
  seed: text,
  dir: text,
  latency: text,
  quirk: texts,
  token: texts,
  "fault-rate": text,
  help: flag,
};

function readArguments(args: string[]) {
  try {
    return parseArgs({ args, options, allowPositionals: false }).values;
  } catch (cause) {
    const [sentence] = (cause instanceof Error ? cause.message : String(cause)).split(/\.(?:\s|$)|\n/);
    throw new Error(`${sentence}: --help shows what there is`, { cause });
  }
}

function readWhole(name: string, text: string, most: number): number {
  if (!/^\d{1,10}$/.test(text)) throw new Error(`${name} must be a whole number, not "${text}"`);
  if (Number(text) > most) throw new Error(`${name} must be at most ${most}, not ${text}`);
  return Number(text);
}

function readQuirk(text: string): [QuirkName, string | number] {
  const [name = "", value, ...rest] = text.split("=");
  if (value === undefined || rest.length > 0) throw new Error(`--quirk takes name=value, not "${text}"`);
  const known = quirkNames.find((quirkName) => quirkName === name);
  if (known === undefined) throw new Error(`there is no quirk "${name}": there are ${quirkNames.join(", ")}`);
  const alternatives: readonly (string | number)[] = quirks[known].alternatives;
  const alternative = alternatives.find((one) => String(one) === value);
  if (alternative === undefined) {
    throw new Error(`the quirk ${name} is one of ${alternatives.join(", ")}, not "${value}"`);
  }
  return [known, alternative];
}

function readToken(text: string): [string, Tokens[string]] {
  const mark = text.indexOf("=");
  const token = text.slice(0, Math.max(0, mark));
  const dealerCodes = text.slice(mark + 1).split(",");
  if (!/^[\x21-\x7e]+$/.test(token) || dealerCodes.some((code) => !/^[\w-]{1,64}$/.test(code))) {
    throw new Error(`--token takes TOKEN=DEALER or TOKEN=DEALER,DEALER, not "${text}"`);
  }
  return [token, { scope: dealerCodes.length > 1 ? "dealer_group" : "dealer_code", dealerCodes }];
}

function readFaultRate(text: string): number {
  const rate = /^\d?\.?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(rate <= 1)) throw new Error(`the fault rate must be from 0 to 1, not "${text}"`);
  return rate;
}

function readSettings(values: ReturnType<typeof readArguments>): SettingsPatch {
  const delays = values.latency === undefined ? {} : readLatency(values.latency);
  if (delays === null) throw new Error(`the latency is a time such as 800ms or 5s-2m, not "${values.latency}"`);
  const rate = values["fault-rate"];
  return {
    ...delays,
    ...(rate !== undefined && { faultRate: readFaultRate(rate) }),
    quirks: Object.fromEntries((values.quirk ?? []).map(readQuirk)),
  };
}

/** Reads the command line. Throws one sentence for what is wrong with it; null when only help is asked for. */
export function readOptions(args: string[], env: NodeJS.ProcessEnv): SimulatorOptions | null {
  const values = readArguments(args);
  if (values.help) return null;
  const tokens = values.token?.map(readToken);
  return {
    port: readWhole("the port", values.port ?? env.SIMULATOR_PORT ?? String(defaultPort), highestPort),
    seed: readWhole("the seed", values.seed ?? "1", 2 ** 32 - 1),
    settings: readSettings(values),
    ...(values.dir !== undefined && { dir: values.dir }),
    ...(tokens !== undefined && { tokens: Object.fromEntries(tokens) }),
  };
}

/** What `--help` prints. */
export function describeOptions(): string {
  const names = quirkNames.map((name) => `  ${name}=${quirks[name].alternatives.join("|")}`);
  return `npm run simulator -- [options]

  --port N            the port on 127.0.0.1; 0 for any free one (SIMULATOR_PORT, else ${defaultPort})
  --seed N            of all ids, random delays and random faults (1)
  --latency TIME      from POST to published, for an ad with images: 800ms, 2s, or any time in 5s-2m (1050ms)
  --fault-rate PART   the part of all requests that meet a random fault: 0.05 (0)
  --quirk NAME=VALUE  how a point is read on which the documents differ; may be given again for another
  --token T=D[,D…]    a token and the dealers it is for; without any: sandbox-token=DEMO,DEMO2 sandbox-solo-token=SOLO
  --dir DIR           keeps the state there, so that it survives the process (in memory)
  --help              this

Quirks, the default of each first (docs/simulator.md says where each comes from):
${names.join("\n")}`;
}
