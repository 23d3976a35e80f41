import type { BenchResult, DetailTable } from "#bench/result.ts";
import { mean, type Played } from "#bench/world/play.ts";
import { productionSettings } from "#cdk/stages.ts";
import type { Waits } from "#shared/contracts/waits.ts";
import { singleLoad } from "./load.ts";
import { playBoth, playLoad, usdOf, usdPerMillion } from "./play-load.ts";
import { partsTable } from "./tables.ts";

const seconds = (ms: number) => `${ms / 1_000} s`;
const { roundMs } = productionSettings.waits;

/** Waits that are tried: how far rounds lie apart, and of how many empty ones a chain goes to sleep. */
const tried: readonly Pick<Waits, "roundMs" | "chainIdleMs">[] = [
  { roundMs, chainIdleMs: 10_000 },
  { roundMs: 15_000, chainIdleMs: 15_000 },
];

const note =
  "A token has rounds while an ad of it is being published and for `chainIdleMs` after, and a few more by the tick until it is forgotten. Each round is a message, an invocation, a claim of the chain and a query of what is due, and most of them find nothing to do. With more tokens and changes (--scale 10) some rounds share an invocation. The table of waits has what to sleep sooner and to have rounds further apart would take off; a round only when a read is due would take off most of it.";

type Single = { result: Omit<BenchResult, "command" | "against" | "spread">; tables: DetailTable[] };

/** What changes cost where each dealer has a token of its own: beside N, and with other waits. */
export async function measureSingle(scale: number, sdkCallMs: number): Promise<Single> {
  const { load, words } = singleLoad(scale);
  const both = await playBoth(load, sdkCallMs);
  const byWaits: [string, Played][] = [[`${waitsInWords(productionSettings.waits)} (production)`, both.us]];
  for (const waits of tried) {
    const played = await playLoad({ bridge: "ours", load, sdkCallMs, tuning: { waits } });
    byWaits.push([waitsInWords(waits), played]);
  }
  const title = `tokens of single dealers (${words})`;
  return {
    result: {
      ...usdOf(both),
      name: "cost.usd-single",
      what: `USD per million ad changes, ${title}`,
      limit: null,
      limitOn: "ours",
      note: `${both.us.changes} changes, the kinds of them mixed as above, a token having one every 200 s on average, as bench/poll's would in the long run. ${note}`,
    },
    tables: [
      partsTable("cost-single", `The bridge, ${title}`, both.us),
      waitsTable(title, [...byWaits, ["N", both.n]]),
    ],
  };
}

const waitsInWords = (waits: Pick<Waits, "roundMs" | "chainIdleMs">) =>
  `${seconds(waits.roundMs)}, ${seconds(waits.chainIdleMs)}`;

function waitsTable(title: string, rows: readonly [string, Played][]): DetailTable {
  return {
    name: "cost-single-waits",
    title: `The bridge and N, ${title}, over the time between rounds (roundMs) and that of empty ones before a chain sleeps (chainIdleMs)`,
    rows: [
      ["roundMs, chainIdleMs", "USD per million", "mean delay, s"],
      ...rows.map(([waits, played]) => [
        waits,
        usdPerMillion(played).toFixed(2),
        (mean(played.delaysMs) / 1_000).toFixed(1),
      ]),
    ],
  };
}
