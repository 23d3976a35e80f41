import { Session } from "node:inspector/promises";
import type { Bench, BenchReport } from "#bench/result.ts";
import { upsertOf } from "#bench/world/stock.ts";
import { bundlesFolder } from "#local/bundles/build-bundles.ts";
import { type Sandbox, startSandbox } from "#local/sandbox/start-sandbox.ts";
import { postInventoryEvents } from "#local/send/post-inventory-events.ts";
import { noDelays } from "#local/simulator/delay-names.ts";
import { readProfile } from "./read-profile.ts";

const command = "npm run bench:throughput";
const adsAtScale1 = 500;
const clients = 8;
const dealers = ["DEMO", "DEMO2", "SOLO"];
const settings = { port: 0, simulatorPort: 0, dir: null, bundled: true, playsStock: false, exits: false };

async function run({ scale, rounds }: { scale: number; rounds: number }): Promise<BenchReport> {
  const ads = Math.round(adsAtScale1 * scale * Math.min(1, rounds));
  const sandbox = await startSandbox(settings);
  const session = new Session();
  session.connect();
  try {
    await fetch(`${sandbox.simulatorUrl}/control/settings`, { method: "PATCH", body: JSON.stringify(noDelays) });
    const told = countPublished(sandbox, ads);
    await session.post("Profiler.enable");
    await session.post("Profiler.start");
    const startedAt = performance.now();
    const before = process.cpuUsage();
    await sendAll(sandbox.bridgeUrl, ads);
    const sentMs = performance.now() - startedAt;
    await told;
    const { user, system } = process.cpuUsage(before);
    const durationMs = performance.now() - startedAt;
    const { profile } = await session.post("Profiler.stop");
    const shares = readProfile(profile, [bundlesFolder]);
    return reportOf({ ads, scale, durationMs, sentMs, processorMs: (user + system) / 1_000, shares });
  } finally {
    session.disconnect();
    await sandbox.close();
  }
}

async function sendAll(bridgeUrl: string, ads: number): Promise<void> {
  const left = Array.from({ length: ads }, (_, place) => place).values();
  const sendNext = async () => {
    for (const place of left) {
      const car = {
        dealerCode: dealers[place % dealers.length] ?? "",
        place,
        id: `throughput-${place}`,
        at: Date.now(),
      };
      for (let status = 429; status !== 202; ) {
        ({ status } = await postInventoryEvents(bridgeUrl, JSON.stringify(upsertOf(car).makeEvent())));
      }
    }
  };
  await Promise.all(Array.from({ length: clients }, sendNext));
}

/** Resolves when so many ads have been told as published. */
function countPublished({ bus }: Sandbox, ads: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let published = 0;
  bus.subscribe((delivery) => {
    published += Number(delivery["detail-type"] === "AdPublished");
    if (published === ads) {
      resolve();
    }
  });
  return promise;
}

type Measured = {
  ads: number;
  scale: number;
  durationMs: number;
  sentMs: number;
  processorMs: number;
  shares: ReturnType<typeof readProfile>;
};

function reportOf({ ads, scale, durationMs, sentMs, processorMs, shares }: Measured): BenchReport {
  const head = {
    command,
    reference: null,
    against: null,
    ratio: null,
    limit: null,
    limitOn: "ours" as const,
    spread: 0.15,
  };
  const percent = (share: number) => `${(share * 100).toFixed(0)} %`;
  const [[first, share] = ["nobody", 0]] = [...shares.busy];
  const bound =
    shares.idle > 0.3
      ? `bound by waiting (idle ${percent(shares.idle)}): rounds are a second apart`
      : `bound by one processor (idle ${percent(shares.idle)}), most of it in ${first} (${percent(share)})`;
  const bridge = shares.busy.get("the bridge") ?? 0;
  const rows = [...shares.busy].map(([owner, part]) => [owner, percent(part), ((part * processorMs) / ads).toFixed(2)]);
  return {
    bench: "throughput",
    results: [
      {
        ...head,
        name: "throughput.ads",
        what: "webhook to ad event in the sandbox, publish delay 0",
        ours: ads / (durationMs / 1_000),
        unit: "ads per second",
        note: `${ads} ads by ${clients} clients, scale ${scale}; the last webhook was answered after ${(sentMs / 1_000).toFixed(1)} of ${(durationMs / 1_000).toFixed(1)} s; ${bound}`,
      },
      {
        ...head,
        name: "throughput.bridge-processor",
        what: "processor time of the bridge's own bundles per ad, its SDK included",
        ours: (bridge * processorMs) / ads,
        unit: "ms",
        note: `${percent(bridge)} of what the process used, by a profile`,
      },
    ],
    tables: [
      {
        name: "throughput",
        title: "Whose code the processor was in",
        rows: [["owner", "share", "ms per ad"], ...rows],
      },
    ],
  };
}

export const bench: Bench = { name: "throughput", run };
