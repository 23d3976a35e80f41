import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { startEmulatorProcess } from "./emulator-process.ts";
import type { Python } from "./python-environment.ts";
import { runProgram } from "./run-program.ts";

const region = "eu-north-1";
const everyMs = 100;

/** What `cdk bootstrap` is told of the account. */
export const accountAddress = `aws://000000000000/${region}`;

export type Account = {
  endpoint: string;
  /** What a program must have in its environment to find the account and be its administrator. */
  env: NodeJS.ProcessEnv;
  /** Makes a call that the bridge has no client for; see `emulator/ask.py`. */
  ask(service: string, operation: string, parameters?: object): Promise<unknown>;
  close(): Promise<void>;
};

export type AccountOptions = { python: Python; folder: string; stop: AbortSignal };

/**
 * Starts an emulated account, over TLS as the queues' policies demand it, and with permissions enforced: a function can do
 * what its role allows and no more. From then on the SDK clients of this process find it.
 */
export async function startAccount({ python, folder, stop }: AccountOptions): Promise<Account> {
  const run = (args: string[], env = process.env) =>
    runProgram({ command: python.command, args, env, cwd: folder, stop });
  await run(["-m", "trustme", "--quiet", "--dir", folder, "--identities", "127.0.0.1"]);
  const [server, key, authority] = ["server.pem", "server.key", "client.pem"] as const;
  const certificates = { server: join(folder, server), key: join(folder, key), authority: join(folder, authority) };
  const emulator = await startEmulatorProcess({ python, folder, region, certificates });
  const administrator = administratorOf(emulator.endpoint, { folder, authority: certificates.authority });
  const env = { ...withoutAws(process.env), ...administrator };
  setDefaultCACertificates([...getCACertificates("default"), readFileSync(certificates.authority, "utf8")]);
  becomeAdministrator(administrator);
  try {
    await Promise.race([untilReady(emulator.endpoint, stop), emulator.ended]);
  } catch (error) {
    await emulator.close();
    throw error;
  }
  const program = join(python.programs, "ask.py");
  return {
    endpoint: emulator.endpoint,
    env,
    ask: async (service, operation, parameters = {}) =>
      JSON.parse(await run([program, service, operation, JSON.stringify(parameters)], env)),
    close: () => emulator.close(),
  };
}

/** Nothing that whoever runs this has set up for a real account may reach one. */
function withoutAws(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith("AWS_")));
}

function becomeAdministrator(administrator: Record<string, string>): void {
  for (const name of Object.keys(process.env).filter((known) => known.startsWith("AWS_"))) {
    delete process.env[name];
  }
  Object.assign(process.env, administrator);
}

function administratorOf(endpoint: string, { folder, authority }: { folder: string; authority: string }) {
  const none = join(folder, "none");
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_CONFIG_FILE: none,
    AWS_SHARED_CREDENTIALS_FILE: none,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CA_BUNDLE: authority,
  };
}

async function untilReady(endpoint: string, stop: AbortSignal): Promise<void> {
  for (;;) {
    const answer = await fetch(`${endpoint}/_ministack/ready`, { signal: stop }).catch((error: Error) => {
      stop.throwIfAborted();
      return error;
    });
    if (answer instanceof Response && answer.ok) {
      return;
    }
    await wait(everyMs, undefined, { signal: stop });
  }
}
