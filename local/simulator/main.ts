import { setFlagsFromString } from "node:v8";
import { describeOptions, readOptions } from "./read-options.ts";
import { type SimulatorOptions, startSimulator } from "./server.ts";

// Bodies die young: without this, V8 would give them up to 128 MB to do so in, which 100,000 ads need more.
setFlagsFromString("--semi-space-growth-factor=1");

async function run(options: SimulatorOptions): Promise<void> {
  const simulator = await startSimulator(options);
  console.log(`simulator listening on ${simulator.url}`);
  const stop = () => void simulator.close().then(() => process.exit(0));
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
}

try {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options === null) console.log(describeOptions());
  else await run(options);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
