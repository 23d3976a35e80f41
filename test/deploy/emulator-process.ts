import { once } from "node:events";
import { openSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { delimiter, dirname, join } from "node:path";
import { listen } from "#local/listen/listen.ts";
import type { Python } from "./python-environment.ts";
import { endGroup, startGroup } from "./run-program.ts";

/** Paths of PEM files: what the server shows, its key, and whom clients have to trust. */
export type Certificates = { server: string; key: string; authority: string };

export type EmulatorProcess = {
  endpoint: string;
  /** Rejects as soon as the process ends, with the end of its log. */
  ended: Promise<never>;
  close(): Promise<void>;
};

export type EmulatorOptions = { python: Python; folder: string; region: string; certificates: Certificates };

/** Starts the emulator on a free port of 127.0.0.1; it isn't ready at once. All that it writes is under the folder. */
export async function startEmulatorProcess(options: EmulatorOptions): Promise<EmulatorProcess> {
  const { python, folder, certificates } = options;
  const port = await findFreePort();
  const logFile = join(folder, "emulator.log");
  const log = openSync(logFile, "a");
  const tls = ["--certfile", certificates.server, "--keyfile", certificates.key];
  const program = {
    command: python.command,
    args: [
      "-m",
      "hypercorn",
      "account:app",
      "--bind",
      `127.0.0.1:${port}`,
      "--workers",
      "0",
      "--graceful-timeout",
      "0",
      ...tls,
    ],
    env: emulatorEnvironment(options, port),
    cwd: folder,
  };
  const child = startGroup(program, ["ignore", log, log]);
  const ended = once(child, "exit").then((): never => {
    throw new Error(`the emulator has ended:\n${readFileSync(logFile, "utf8").slice(-1_500)}`);
  });
  ended.catch(() => {});
  return { endpoint: `https://127.0.0.1:${port}`, ended, close: () => endGroup(child) };
}

/** `AUTH`: every call needs a permission. Its functions run under the Node that runs this program. */
function emulatorEnvironment({ python, folder, region, certificates }: EmulatorOptions, port: number) {
  return {
    PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
    HOME: folder,
    TMPDIR: folder,
    STATE_DIR: join(folder, "state"),
    S3_DATA_DIR: join(folder, "s3"),
    PYTHONPATH: python.programs,
    PYTHONDONTWRITEBYTECODE: "1",
    GATEWAY_PORT: String(port),
    BIND_HOST: "127.0.0.1",
    MINISTACK_HOST: "127.0.0.1",
    MINISTACK_REGION: region,
    AUTH: "true",
    USE_SSL: "1",
    MINISTACK_SSL_CERT: certificates.server,
    MINISTACK_SSL_KEY: certificates.key,
    NODE_EXTRA_CA_CERTS: certificates.authority,
    IOT_MTLS_ENABLED: "0",
    SFTP_ENABLED: "0",
    LOG_LEVEL: "WARNING",
  };
}

/** The emulator has to be told its port, and can't be told to take any. */
async function findFreePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server, 0, "PORT");
  server.close();
  await once(server, "close");
  return port;
}
