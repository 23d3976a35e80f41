import { execFileSync } from "node:child_process";
import { parseArgs } from "node:util";
import { startSimulatorProcess } from "#test/adapter/simulator/simulator-process.ts";
import { type Client, inParallel, openClient } from "./client.ts";
import { carOf, sourceIdOf } from "./stock.ts";

/*
 * npm run bench:simulator [-- --ads N]    measures a simulator in a process of its own, filled with N cars (100,000)
 */
const { values } = parseArgs({ options: { ads: { type: "string", default: "100000" } } });
const ads = Number(values.ads);
if (!(Number.isInteger(ads) && ads >= 50))
  throw new Error(`--ads takes a whole number from 50 on, not "${values.ads}"`);

const connections = 16;
const gets = 20_000;
const lists = 200;

interface Figure {
  what: string;
  limit: string;
  measured: string;
  isWithin: boolean;
}

async function fill(client: Client): Promise<void> {
  await inParallel(ads, connections, (index) => client.call("POST", "/v4/car", carOf(index)));
  const last = await client.call("GET", `/v4/ad/${sourceIdOf(ads - 1)}`);
  if (!last.includes("Ad published")) throw new Error(`the last car is not published yet: ${last}`);
}

function measureMemory(pid: number): Figure {
  const kilobytes = Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" }));
  const megabytes = kilobytes / 1024;
  const what = `resident memory with ${ads} ads, all published`;
  return { what, limit: "under 500 MB", measured: `${megabytes.toFixed(0)} MB`, isWithin: megabytes < 500 };
}

async function measureGets(client: Client): Promise<Figure> {
  const get = (index: number) => client.call("GET", `/v4/ad/${sourceIdOf((index * 7919) % ads)}`);
  await inParallel(gets / 10, connections, get);
  const start = performance.now();
  await inParallel(gets, connections, get);
  const perSecond = gets / ((performance.now() - start) / 1000);
  return {
    what: "GET /v4/ad/{source_id}, each another ad",
    limit: "2000 per second",
    measured: `${perSecond.toFixed(0)} per second`,
    isWithin: perSecond >= 2000,
  };
}

type List = { what: string; limitMs: number; pathOf: (index: number) => string };

async function measureList(client: Client, { what, limitMs, pathOf }: List): Promise<Figure> {
  const times: number[] = [];
  for (let index = 0; index < lists; index += 1) {
    const start = performance.now();
    const body = await client.call("GET", pathOf(index));
    times.push(performance.now() - start);
    const found = body.split('"source_id"').length - 1;
    if (found !== 50) throw new Error(`${found} ads were listed, not 50`);
  }
  times.sort((a, b) => a - b);
  const at = (part: number) => times[Math.floor(part * lists)] ?? Number.NaN;
  const measured = `${at(0.5).toFixed(1)} ms, 95 in 100 within ${at(0.95).toFixed(1)} ms`;
  const limit = Number.isFinite(limitMs) ? `under ${limitMs} ms` : "no limit";
  return { what, limit, measured, isWithin: at(0.5) < limitMs };
}

function idsFrom(index: number): string {
  return Array.from({ length: 50 }, (_, offset) => sourceIdOf((index * 997 + offset * 31) % ads)).join(",");
}

const byIds: List = {
  what: "50 ads by source_id__in, with logs",
  limitMs: 10,
  pathOf: (index) => `/v4/ad?source_id__in=${idsFrom(index)}&include=log`,
};

/** What a list costs that goes over all ads. */
const newest: List = {
  what: "the newest 50 of all ads, with logs",
  limitMs: Number.POSITIVE_INFINITY,
  pathOf: () => "/v4/ad?include=log&ordering=-created&limit=50",
};

async function measureAll(): Promise<Figure[]> {
  const simulator = await startSimulatorProcess(["--port", "0", "--latency", "0ms"]);
  const client = openClient(simulator.url, connections);
  try {
    await fill(client);
    const memory = measureMemory(simulator.child.pid ?? 0);
    return [await measureGets(client), await measureList(client, byIds), await measureList(client, newest), memory];
  } finally {
    client.close();
    await simulator.stop("SIGTERM");
  }
}

const figures = await measureAll();
for (const { what, limit, measured, isWithin } of figures) {
  console.log(`${isWithin ? "within" : "MISSED"}  ${what.padEnd(48)} ${limit.padEnd(16)} ${measured}`);
}
process.exit(figures.every(({ isWithin }) => isWithin) ? 0 : 1);
