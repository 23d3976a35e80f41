import { parseArgs } from "node:util";
import { startSimulator } from "./server.ts";

function readWhole(name: string, text: string): number {
  if (!/^\d{1,10}$/.test(text)) throw new Error(`${name} must be a whole number, not "${text}"`);
  return Number(text);
}

function readOptions() {
  const { values } = parseArgs({
    options: { port: { type: "string" }, dir: { type: "string" }, seed: { type: "string" } },
  });
  const port = readWhole("the port", values.port ?? process.env.SIMULATOR_PORT ?? "8788");
  if (port > 65_535) throw new Error(`the port must be at most 65535, not ${port}`);
  const seed = readWhole("the seed", values.seed ?? "1");
  return { port, seed, ...(values.dir !== undefined && { dir: values.dir }) };
}

try {
  const simulator = await startSimulator(readOptions());
  console.log(`simulator listening on ${simulator.url}`);
  const stop = () => void simulator.close().then(() => process.exit(0));
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
