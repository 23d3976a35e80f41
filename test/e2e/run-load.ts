import { parseArgs } from "node:util";
import { countReceipts } from "./load/count-receipts.ts";
import { drawEvents } from "./load/draw-events.ts";
import { sendAll } from "./load/send-all.ts";
import { startSandboxProcess } from "./sandbox-process.ts";

/*
 * npm run load [-- --events N --clients N --items N]
 * Starts a sandbox, sends it 10,000 signed events by 20 clients at once, and counts the receipts: one for each 202. By ten
 * events about an item in a minute: with fifty its log outgrows what a read shows, and most of the time goes into paging it.
 */
const { values } = parseArgs({
  options: {
    events: { type: "string", default: "10000" },
    clients: { type: "string", default: "20" },
    items: { type: "string", default: "1000" },
  },
});
const say = (line: string) => void process.stdout.write(`${line}\n`);
const percentile = (sorted: number[], share: number) => Math.round(sorted[Math.ceil(share * sorted.length) - 1] ?? 0);

const events = drawEvents(Number(values.events), Number(values.items));
await using sandbox = await startSandboxProcess({ args: ["--no-stock"] });

const startedAt = performance.now();
const seconds = () => `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
const { taken, refused, unanswered, durationsMs } = await sendAll(sandbox.bridgeUrl, events, {
  clients: Number(values.clients),
  patienceMs: 300_000,
  pauseMs: 500,
});
durationsMs.sort((a, b) => a - b);
const [p50, p99] = [percentile(durationsMs, 0.5), percentile(durationsMs, 0.99)];
say(`${taken.length} events about ${values.items} items answered 202 to ${values.clients} clients in ${seconds()}`);
say(
  `${durationsMs.length} answers, ${refused} of them "send it again", p50 ${p50} ms, p99 ${p99} ms; ${unanswered} requests without one`,
);

let reported = 0;
const report = (complete: number) => {
  if (complete - reported >= taken.length / 20 || (complete === taken.length && complete > reported)) {
    reported = complete;
    say(`  ${seconds()}: the receipts of ${complete} events`);
  }
};
const counted = await countReceipts(sandbox.bridgeUrl, taken, {
  patienceMs: 180_000,
  everyMs: 2_000,
  report,
}).finally(() => {
  if (sandbox.stderr() !== "") {
    say(`the sandbox said:\n${sandbox.stderr().slice(0, 2_000)}`);
  }
});
for (const [outcome, times] of [...counted.outcomes].sort(([, a], [, b]) => b - a)) {
  say(`  ${times} ${outcome}`);
}
const { one, none, several, changed } = counted;
const others = `none: ${none}; several: ${several}; changed: ${changed}`;
say(`exactly one receipt: ${one} of ${taken.length} events; ${others}; after ${seconds()}`);
process.exitCode = one === events.length ? 0 : 1;
