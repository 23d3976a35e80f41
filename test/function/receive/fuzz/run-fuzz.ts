import { parseArgs } from "node:util";
import fc from "fast-check";
import { drawnRequests } from "./draw-requests.ts";
import { fuzzDoor } from "./fuzz-door.ts";

/*
 * npm run fuzz:receive [-- --cases N] [--seed S]
 * Throws N requests (20,000 unless told) at the function `receive`: events with odd fields, bytes that are no text, forgeries.
 */
const { values } = parseArgs({ options: { cases: { type: "string", default: "20000" }, seed: { type: "string" } } });
const cases = Number(values.cases);
const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
if (!Number.isSafeInteger(cases) || cases < 1 || !Number.isSafeInteger(seed)) {
  throw new Error("--cases and --seed are whole numbers");
}

const say = (line: string) => void process.stdout.write(`${line}\n`);
const door = fuzzDoor();
const result = await fc.check(
  fc.asyncProperty(drawnRequests, (drawn) => door.knock(drawn)),
  { numRuns: cases, seed },
);
const { statuses, durationsMs } = door.tally;
durationsMs.sort((a, b) => a - b);
const percentile = (share: number) => (durationsMs[Math.ceil(share * durationsMs.length) - 1] ?? 0).toFixed(2);
const counts = [...statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`);
say(`${result.numRuns} requests, seed ${seed}; answered ${counts.join(", ")}`);
say(`p50 ${percentile(0.5)} ms, p99 ${percentile(0.99)} ms, longest ${percentile(1)} ms`);
say(result.failed ? `FAILED\n${fc.defaultReportMessage(result)}` : "no 5xx, no thrown error, no accepted forgery");
process.exitCode = result.failed ? 1 : 0;
