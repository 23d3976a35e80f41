import { parseArgs } from "node:util";
import { type Counted, countReceipts } from "./load/count-receipts.ts";
import { drawEvents } from "./load/draw-events.ts";
import { sendAll } from "./load/send-all.ts";
import { startSandboxProcess } from "./sandbox-process.ts";

/*
 * npm run load [-- --events N --clients N --items N]
 * Starts a sandbox, sends it 10,000 signed events by 20 clients at once, and counts the receipts: one for each 202.
 */
const { values } = parseArgs({
  options: {
    events: { type: "string", default: "10000" },
    clients: { type: "string", default: "20" },
    items: { type: "string", default: "500" },
  },
});
const say = (line: string) => void process.stdout.write(`${line}\n`);
const percentile = (sorted: number[], share: number) => Math.round(sorted[Math.ceil(share * sorted.length) - 1] ?? 0);

const [count, clients, items] = [values.events, values.clients, values.items].map(Number) as [number, number, number];
const events = drawEvents(count, items);
await using sandbox = await startSandboxProcess({ args: ["--no-stock"] });

const startedAt = performance.now();
const seconds = () => `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
const { taken, sentAgain, durationsMs } = await sendAll(sandbox.bridgeUrl, events, clients);
durationsMs.sort((a, b) => a - b);
say(`${taken.length} events of ${items} items answered 202 after ${seconds()}, by ${clients} clients`);
say(
  `${durationsMs.length} requests, ${sentAgain} sent again; answers p50 ${percentile(durationsMs, 0.5)} ms, p99 ${percentile(durationsMs, 0.99)} ms`,
);

const report = ({ one, none }: Counted) => say(`  ${seconds()}: ${one} have a receipt, ${none.length} not yet`);
const { one, none, several, outcomes } = await countReceipts(sandbox.bridgeUrl, taken, { patienceMs: 120_000, report });
for (const [outcome, times] of [...outcomes].sort(([, a], [, b]) => b - a)) {
  say(`  ${times} ${outcome}`);
}
say(
  `exactly one receipt: ${one} of ${taken.length}; none: ${none.length}; several: ${several.length}; after ${seconds()}`,
);
if (sandbox.stderr() !== "") {
  say(`the sandbox said:\n${sandbox.stderr().slice(0, 2_000)}`);
}
process.exitCode = one === taken.length ? 0 : 1;
