import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { generate } from "selfsigned";

export type AwsServer = {
  endpoint: string;
  /** The file that makes a Node process trust it: its `NODE_EXTRA_CA_CERTS`. */
  caFile: string;
  stop(): Promise<void>;
};

const altNames = [
  { type: 2 as const, value: "localhost" },
  { type: 7 as const, ip: "127.0.0.1" },
];

/** Starts `aws-server.ts` in a process of its own, with a certificate made for this run, and a source of so many dealers. */
export async function startAwsServer(dealers = 1): Promise<AwsServer> {
  const { cert, private: key } = await generate([{ name: "commonName", value: "localhost" }], {
    keyType: "ec",
    extensions: [{ name: "subjectAltName", altNames }],
  });
  const folder = await mkdtemp(join(tmpdir(), "blocket-bridge-bench-"));
  const caFile = join(folder, "ca.pem");
  await writeFile(caFile, cert);
  const child = fork(resolve(import.meta.dirname, "aws-server.ts"), {
    env: { ...process.env, CERTIFICATE: cert, PRIVATE_KEY: key, DEALERS: String(dealers) },
  });
  const [port] = await once(child, "message");
  return {
    endpoint: `https://localhost:${port}`,
    caFile,
    stop: async () => {
      const ended = once(child, "exit");
      child.disconnect();
      await ended;
      await rm(folder, { recursive: true });
    },
  };
}
