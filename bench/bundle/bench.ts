import type { Metafile } from "esbuild";
import { buildWithout } from "#bench/levers/build-without.ts";
import { levers } from "#bench/levers/levers.ts";
import { buildReference } from "#bench/reference/build-references.ts";
import type { Bench, BenchResult, DetailTable } from "#bench/result.ts";
import { bundleBudgets, type FunctionName } from "#cdk/bundle.ts";
import { bundleFunction } from "#local/bundles/build-bundles.ts";
import { weigh } from "./weigh.ts";

const limits: Record<FunctionName, number | null> = { receive: 0.3, submit: 0.45, poll: 0.45, status: null };
const shownParts = 22;

/** The size of each bundle beside that of B, and what weighs in it. Sizes are exact: there are no rounds. */
export const bench: Bench = {
  name: "bundle",
  async run() {
    const basic = await buildReference("basic");
    const names = Object.keys(limits) as FunctionName[];
    const bundles = await Promise.all(names.map(async (name) => ({ name, ...(await sizeOf(name)) })));
    const results = bundles.map(({ name, bytes }) => toResult(name, bytes, basic.bytes));
    const columns = [...bundles, { name: "B", metafile: basic.metafile }];
    const heaviest = { bars: bundles.map(({ name, bytes }) => ({ x: name as string, y: bytes / 1000 })) };
    return {
      bench: "bundle",
      results,
      tables: [weightTable(columns), await leversTable(bundles.find(({ name }) => name === "receive")?.bytes ?? 0)],
      plots: [
        {
          name: "bundle",
          title: "Minified bundles",
          kind: "bars",
          xLabel: "",
          yLabel: "KB",
          series: [{ name: "size", points: [...heaviest.bars, { x: "B", y: basic.bytes / 1000 }] }],
        },
      ],
    };
  },
};

async function sizeOf(name: FunctionName): Promise<{ bytes: number; metafile: Metafile }> {
  const { contents, metafile } = await bundleFunction(name);
  return { bytes: contents.length, metafile };
}

function toResult(name: FunctionName, bytes: number, reference: number): BenchResult {
  const budget = bundleBudgets[name];
  return {
    name: `bundle.${name}`,
    what: `\`${name}\` bundle, minified`,
    command: "npm run bench:bundle",
    ours: bytes / 1000,
    reference: reference / 1000,
    against: "B",
    ratio: bytes / reference,
    limit: limits[name],
    limitOn: "ratio",
    unit: "KB",
    spread: 0,
    note: bytes > budget ? `over its budget of ${budget} bytes` : `budget ${budget / 1000} KB`,
  };
}

/** Each lever taken back by itself. */
async function leversTable(bytes: number): Promise<DetailTable> {
  const without = await Promise.all(levers.map(async (lever) => ({ ...lever, ...(await buildWithout(lever)) })));
  const rows = without.map((lever) => [lever.name, inKb(lever.bytes), inKb(lever.bytes - bytes)]);
  return {
    name: "bundle-levers",
    title: `\`receive\` without one of its levers, KB (${inKb(bytes)} with all)`,
    rows: [["without", "KB", "more"], ...rows],
  };
}

const inKb = (bytes: number) => (bytes / 1000).toFixed(1);

function weightTable(bundles: { name: string; metafile: Metafile }[]): DetailTable {
  const weights = bundles.map(({ metafile }) => weigh(metafile));
  const heaviest = (part: string) => Math.max(...weights.map((of) => of.get(part) ?? 0));
  const parts = [...new Set(weights.flatMap((of) => [...of.keys()]))]
    .sort((left, right) => heaviest(right) - heaviest(left))
    .slice(0, shownParts);
  const rows = parts.map((part) => [part, ...weights.map((of) => (of.has(part) ? inKb(of.get(part) ?? 0) : ""))]);
  return {
    name: "weights",
    title: "What each dependency weighs, KB of the minified bundle",
    rows: [["", ...bundles.map(({ name }) => name)], ...rows],
  };
}
