import { buildReference } from "#bench/reference/build-references.ts";
import type { Bench } from "#bench/result.ts";
import { compare, roundsOf } from "#bench/stage/compare.ts";
import { type AwsServer, startAwsServer } from "#bench/stage/start-aws-server.ts";
import { type Bundle, memoryMb, startHandler } from "#bench/stage/start-handler.ts";
import { median } from "#bench/stage/statistics.ts";
import { webhookRequest } from "#bench/stage/webhook-request.ts";
import { nodeOptions } from "#cdk/bundle.ts";
import { buildBundle } from "#local/bundles/build-bundles.ts";

const command = "npm run bench:cold";
const fullRounds = 15;

/** Lambda gives a function of 512 MB this share of one processor: 512 of the 1769 MB that stand for a whole one. */
const processorShare = memoryMb / 1769;

type Start = { importMs: number; firstMs: number };

/**
 * A cold start: fresh processes, one after the other in turns. What counts is processor time, user and system and all threads,
 * divided by the share of a processor that 512 MB brings: how long it takes there, without what it waits for.
 */
export const bench: Bench = {
  name: "cold",
  async run({ rounds }) {
    const bundles = {
      ours: { file: await buildBundle("receive"), nodeOptions: nodeOptions(memoryMb) },
      B: await buildReference("basic"),
      P: await buildReference("powertools"),
      floor: await buildReference("floor"),
    };
    const aws = await startAwsServer();
    try {
      const starts = { ours: [], B: [], P: [], floor: [] } as Record<keyof typeof bundles, Start[]>;
      for (let round = 0; round < roundsOf(fullRounds, rounds); round += 1) {
        for (const name of Object.keys(bundles) as (keyof typeof bundles)[]) {
          starts[name].push(await startOnce(bundles[name], aws));
        }
      }
      return toReport(starts);
    } finally {
      await aws.stop();
    }
  },
};

async function startOnce(bundle: Bundle, aws: AwsServer): Promise<Start> {
  const handler = await startHandler(bundle, aws);
  const { spentMs } = await handler.invoke([webhookRequest()]);
  await handler.stop();
  return { importMs: handler.importMs / processorShare, firstMs: spentMs / processorShare };
}

function toReport(starts: Record<"ours" | "B" | "P" | "floor", Start[]>) {
  const whole = (name: keyof typeof starts) => starts[name].map(({ importMs, firstMs }) => importMs + firstMs);
  const first = (name: keyof typeof starts) => starts[name].map(({ firstMs }) => firstMs);
  const start = { what: "import + first event, at the share of 512 MB", command, unit: "ms", ours: whole("ours") };
  const names = Object.keys(starts) as (keyof typeof starts)[];
  const inMs = (values: number[]) => median(values).toFixed(0);
  return {
    bench: "cold",
    results: [
      compare({ ...start, name: "cold.start", limit: 0.45, against: "B", reference: whole("B"), note: startNote }),
      compare({ ...start, name: "cold.start-p", limit: 0.33, against: "P", reference: whole("P"), note: startNote }),
      compare({
        name: "cold.first",
        what: "first billed event after INIT",
        command,
        unit: "ms",
        ours: first("ours"),
        limit: 0.06,
        against: "B",
        reference: first("B"),
        note: firstNote,
      }),
    ],
    tables: [
      {
        name: "start",
        title: "A cold start in its parts, ms at the share of 512 MB, medians",
        rows: [
          ["", "import with INIT", "first event"],
          ...names.map((name) => [name, inMs(starts[name].map(({ importMs }) => importMs)), inMs(first(name))]),
        ],
      },
    ],
    plots: [
      {
        name: "cold",
        title: "Import and first event at the share of 512 MB",
        kind: "bars" as const,
        xLabel: "",
        yLabel: "ms",
        series: [
          { name: "import with INIT", points: names.map((x) => ({ x, y: median(starts[x].map((s) => s.importMs)) })) },
          { name: "first event", points: names.map((x) => ({ x, y: median(first(x)) })) },
        ],
      },
    ],
  };
}

const startNote =
  "ours calls three services in INIT (sources, values, queue), each over a TLS connection of its own, where B calls two in its first event. What is left is Node's own TLS and HTTP and the SDK's clients: three calls signed by hand instead of by the SDK would take off another third.";
const firstNote =
  "INIT has opened every connection and run a request of its own. What is left is code that runs for the second time: parsing, signing, one call.";
