import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Bench, BenchOptions, BenchReport } from "./result.ts";

/*
 * Runs one bench in a process of its own, as `npm run bench:NAME` does: what one leaves behind (a sandbox's environment, compiled
 * code, a large heap) is in no other one's figures. As a program it is that process.
 */

type Task = { name: string; options: BenchOptions };

/** Throws when the bench does; what went wrong is on standard error by then. */
export async function runApart(name: string, options: BenchOptions): Promise<BenchReport> {
  const child = fork(fileURLToPath(import.meta.url));
  const ended = once(child, "exit");
  let report: BenchReport | undefined;
  child.once("message", (message) => {
    report = message as BenchReport;
  });
  child.send({ name, options } satisfies Task);
  const [code] = await ended;
  if (report === undefined) {
    throw new Error(`the bench ${name} ended with ${code} and no report`);
  }
  return report;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [{ name, options }] = (await once(process, "message")) as [Task];
  const { bench } = (await import(`./${name}/bench.ts`)) as { bench: Bench };
  process.send?.(await bench.run(options), () => process.disconnect());
}
