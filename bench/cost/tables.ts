import type { DetailTable } from "#bench/result.ts";
import type { Asked } from "#bench/world/meter.ts";
import type { Played } from "#bench/world/play.ts";
import { resources, unitPrices } from "./price.ts";

const million = 1e6;

/** Per change, and in USD per million of them, by part and resource, the dearest first. */
export function partsTable(name: string, title: string, { meter, changes }: Played): DetailTable {
  const rows = [...meter.all()].flatMap(([part, used]) =>
    [...used].map(([resource, amount]) => ({
      cells: [part, resource, (amount / changes).toPrecision(3)],
      usd: ((amount * unitPrices[resource]) / changes) * million,
    })),
  );
  rows.sort((a, b) => b.usd - a.usd);
  const sum = rows.reduce((total, { usd }) => total + usd, 0);
  return {
    name,
    title: `${title}: per ad change, and USD per million`,
    rows: [
      ["part", "resource", "per change", "USD per million"],
      ...rows.map(({ cells, usd }) => [...cells, usd.toFixed(2)]),
      ["all", "", "", sum.toFixed(2)],
    ],
  };
}

/** By what is asked for, the dearest first. Units are those of the table and of its indexes together. */
export function requestsTable(name: string, title: string, { meter, changes }: Played): DetailTable {
  const usdOf = ({ reads, writes }: Asked) =>
    reads * unitPrices["DynamoDB read units"] + writes * unitPrices["DynamoDB write units"];
  const rows = [...meter.asked()]
    .toSorted(([, a], [, b]) => usdOf(b) - usdOf(a))
    .map(([what, sum]) => [
      what,
      ...[sum.requests, sum.reads, sum.writes].map((amount) => (amount / changes).toFixed(2)),
      ((usdOf(sum) / changes) * million).toFixed(2),
    ]);
  return {
    name,
    title: `${title}: per ad change, and USD per million`,
    rows: [["request", "requests", "read units", "write units", "USD per million"], ...rows],
  };
}

/** Per million changes, by what is billed. */
export function seriesOf(name: string, { meter, changes }: Played) {
  const points = resources
    .filter((resource) => unitPrices[resource] > 0)
    .map((resource) => ({ x: resource, y: ((meter.total(resource) * unitPrices[resource]) / changes) * million }));
  return { name, points };
}
