import { Session } from "node:inspector/promises";
import type { Bench, BenchReport } from "#bench/result.ts";
import { roundsOf } from "#bench/stage/compare.ts";
import { median, spreadOf } from "#bench/stage/statistics.ts";
import { upsertOf } from "#bench/world/stock.ts";
import { bundlesFolder } from "#local/bundles/build-bundles.ts";
import { type Sandbox, startSandbox } from "#local/sandbox/start-sandbox.ts";
import { noDelays } from "#local/simulator/delay-names.ts";
import { type Owner, readProfile } from "./read-profile.ts";
import { sendEvents } from "./send-events.ts";

const command = "npm run bench:throughput";
const adsAtScale1 = 500;
const fullRounds = 9;
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
    await session.post("Profiler.enable");
    const warmUpAds = Math.ceil(ads / 10);
    await measureRound({ sandbox, session, ads: warmUpAds, firstPlace: 0 });
    const measured: Measured[] = [];
    for (let round = 0; round < roundsOf(fullRounds, rounds); round += 1) {
      measured.push(await measureRound({ sandbox, session, ads, firstPlace: warmUpAds + round * ads }));
    }
    return reportOf({ measured, ads, scale });
  } finally {
    session.disconnect();
    await sandbox.close();
  }
}

type Round = { sandbox: Sandbox; session: Session; ads: number; firstPlace: number };

/** Times in ms. */
type Measured = {
  durationMs: number;
  sentMs: number;
  processorMs: number;
  shares: ReturnType<typeof readProfile>;
};

/** Sends so many new cars, and waits until each has been told as published. */
async function measureRound({ sandbox, session, ads, firstPlace }: Round): Promise<Measured> {
  const told = countPublished(sandbox, ads);
  await session.post("Profiler.start");
  const startedAt = performance.now();
  const before = process.cpuUsage();
  const events = Array.from({ length: ads }, (_, place) => () => eventOf(firstPlace + place));
  await sendEvents(sandbox.bridgeUrl, events, { clients });
  const sentMs = performance.now() - startedAt;
  await told;
  const { user, system } = process.cpuUsage(before);
  const durationMs = performance.now() - startedAt;
  const { profile } = await session.post("Profiler.stop");
  return { durationMs, sentMs, processorMs: (user + system) / 1_000, shares: readProfile(profile, [bundlesFolder]) };
}

/** A new car, as the source sends it. */
function eventOf(place: number): { id: string } {
  const dealerCode = dealers[place % dealers.length] ?? "";
  return upsertOf({ dealerCode, place, id: `throughput-${place}`, at: Date.now() }).makeEvent();
}

/** Resolves when so many ads have been told as published. */
function countPublished({ bus }: Sandbox, ads: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let published = 0;
  const unsubscribe = bus.subscribe((delivery) => {
    published += Number(delivery["detail-type"] === "AdPublished");
    if (published === ads) {
      unsubscribe();
      resolve();
    }
  });
  return promise;
}

type Report = { measured: readonly Measured[]; ads: number; scale: number };

function reportOf({ measured, ads, scale }: Report): BenchReport {
  const head = { command, reference: null, against: null, ratio: null, limit: null, limitOn: "ours" as const };
  const rates = measured.map(({ durationMs }) => ads / (durationMs / 1_000));
  const bridgeMs = measured.map((round) => msPerAd("the bridge", round, ads));
  const middle = measured.toSorted((a, b) => a.durationMs - b.durationMs)[Math.floor(measured.length / 2)];
  const owners = [...(middle?.shares.busy.keys() ?? [])];
  const rows = owners.map((owner) => [
    owner,
    percent(median(measured.map(({ shares }) => shares.busy.get(owner) ?? 0))),
    median(measured.map((round) => msPerAd(owner, round, ads))).toFixed(2),
  ]);
  return {
    bench: "throughput",
    results: [
      {
        ...head,
        name: "throughput.ads",
        what: "webhook to ad event in the sandbox, publish delay 0",
        ours: median(rates),
        spread: spreadOf(rates),
        unit: "ads per second",
        note: `${measured.length} rounds of ${ads} ads by ${clients} clients, scale ${scale}; ${middle === undefined ? "" : boundOf(middle)}`,
      },
      {
        ...head,
        name: "throughput.bridge-processor",
        what: "processor time of the bridge's own bundles per ad, its SDK included",
        ours: median(bridgeMs),
        spread: spreadOf(bridgeMs),
        unit: "ms",
        note: "by profiles of the process, one a round",
      },
    ],
    tables: [
      {
        name: "throughput",
        title: "Whose code the processor was in, medians of the rounds",
        rows: [["owner", "share", "ms per ad"], ...rows],
      },
    ],
  };
}

const percent = (share: number) => `${(share * 100).toFixed(0)} %`;

function msPerAd(owner: Owner, { shares, processorMs }: Measured, ads: number): number {
  return ((shares.busy.get(owner) ?? 0) * processorMs) / ads;
}

/** What kept a round from going faster, in words. */
function boundOf({ shares, sentMs, durationMs }: Measured): string {
  const [[first, share] = ["nobody", 0]] = [...shares.busy];
  const bound =
    shares.idle > 0.3
      ? `bound by waiting (idle ${percent(shares.idle)}): rounds of reads are a second apart`
      : `bound by one processor (idle ${percent(shares.idle)}), most of it in ${first} (${percent(share)})`;
  return `in the middle one the last webhook was answered after ${(sentMs / 1_000).toFixed(1)} of ${(durationMs / 1_000).toFixed(1)} s; ${bound}`;
}

export const bench: Bench = { name: "throughput", run };
