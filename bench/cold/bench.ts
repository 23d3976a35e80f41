import { buildWithout } from "#bench/levers/build-without.ts";
import { levers } from "#bench/levers/levers.ts";
import { buildReference } from "#bench/reference/build-references.ts";
import type { Bench, BenchReport } from "#bench/result.ts";
import { compare, roundsOf } from "#bench/stage/compare.ts";
import { type AwsServer, startAwsServer } from "#bench/stage/start-aws-server.ts";
import { type Bundle, memoryMb, startHandler } from "#bench/stage/start-handler.ts";
import { median } from "#bench/stage/statistics.ts";
import { webhookRequest } from "#bench/stage/webhook-request.ts";
import { nodeOptions } from "#cdk/bundle.ts";
import { buildBundle } from "#local/bundles/build-bundles.ts";

const command = "npm run bench:cold";
const fullRounds = 25;

/** Lambda gives a function of 512 MB this share of one processor: 512 of the 1769 MB that stand for a whole one. */
const processorShare = memoryMb / 1769;

const sides = ["ours", "B", "P", "floor"];
const smallYoungGeneration = "a small young generation";

type Start = { importMs: number; firstMs: number };

/**
 * A cold start: fresh processes, one after the other in turns. What counts is processor time, user and system and all threads,
 * divided by the share of a processor that 512 MB brings: how long it takes there, without what it waits for. `scale` is for how
 * many dealers the source speaks, which a start reads.
 */
export const bench: Bench = {
  name: "cold",
  async run({ rounds, scale }) {
    const options = nodeOptions(memoryMb);
    const withoutLevers = levers.map(async (lever): Promise<[string, Bundle]> => {
      return [lever.name, { file: (await buildWithout(lever)).file, nodeOptions: options }];
    });
    const bundles = new Map<string, Bundle>([
      ["ours", { file: await buildBundle("receive"), nodeOptions: options }],
      ["B", await buildReference("basic")],
      ["P", await buildReference("powertools")],
      ["floor", await buildReference("floor")],
      ...(await Promise.all(withoutLevers)),
      [smallYoungGeneration, { file: await buildBundle("receive") }],
    ]);
    const aws = await startAwsServer(scale);
    try {
      const starts = new Map([...bundles.keys()].map((name) => [name, [] as Start[]]));
      for (let round = 0; round < roundsOf(fullRounds, rounds); round += 1) {
        for (const [name, bundle] of bundles) {
          starts.get(name)?.push(await startOnce(bundle, aws));
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

function toReport(starts: ReadonlyMap<string, Start[]>): BenchReport {
  const whole = (name: string) => (starts.get(name) ?? []).map(({ importMs, firstMs }) => importMs + firstMs);
  const imports = (name: string) => (starts.get(name) ?? []).map(({ importMs }) => importMs);
  const first = (name: string) => (starts.get(name) ?? []).map(({ firstMs }) => firstMs);
  const start = { what: "import + first event, at the share of 512 MB", command, unit: "ms", ours: whole("ours") };
  const billed = { what: "first billed event after INIT", command, unit: "ms", ours: first("ours") };
  const row = (name: string) => [name, ...[imports, first, whole].map((of) => median(of(name)).toFixed(0))];
  const headings = ["import with INIT", "first event", "both"];
  const series = [
    { name: "import with INIT", points: sides.map((x) => ({ x, y: median(imports(x)) })) },
    { name: "first event", points: sides.map((x) => ({ x, y: median(first(x)) })) },
  ];
  return {
    bench: "cold",
    results: [
      compare({ ...start, name: "cold.start", limit: 0.45, against: "B", reference: whole("B"), note: startNote }),
      compare({ ...start, name: "cold.start-p", limit: 0.33, against: "P", reference: whole("P"), note: startNote }),
      compare({ ...billed, name: "cold.first", limit: 0.06, against: "B", reference: first("B"), note: firstNote }),
    ],
    tables: [
      {
        name: "start",
        title: "A cold start in its parts, ms at the share of 512 MB, medians",
        rows: [["", ...headings], ...sides.map(row)],
      },
      {
        name: "start-levers",
        title: "Ours without one of its levers, ms at the share of 512 MB, medians",
        rows: [["without", ...headings], ...[...starts.keys()].filter((name) => !sides.includes(name)).map(row)],
      },
    ],
    plots: [
      {
        name: "cold",
        title: "Import and first event at the share of 512 MB",
        kind: "bars",
        xLabel: "",
        yLabel: "ms",
        series,
      },
    ],
  };
}

const startNote =
  "ours calls three services in INIT (sources, values, queue), each over a TLS connection of its own, where B calls two in its first event. What is left above the floor, one call signed by hand over Node's HTTP client, is the SDK (its clients, schemas, middleware, signing) and those connections. Calls signed by hand would bring most of it, which decision 133 in docs/decisions.md rules out: own retries, endpoints and clock skew, in the one place where an accepted event can be lost.";
const firstNote =
  "INIT has opened every connection and run a request of its own. What is left is code that runs for the second time: parsing, the SDK's schemas, middleware and signing, one call. A call signed by hand would bring most of it, which decision 133 in docs/decisions.md rules out.";
