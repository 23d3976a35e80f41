import type { BenchResult, DetailTable } from "#bench/result.ts";
import { mean, type Played } from "#bench/world/play.ts";
import { productionSettings } from "#cdk/stages.ts";
import { singleLoad } from "./load.ts";
import { playBoth, playLoad, usdOf, usdPerMillion } from "./play-load.ts";
import { partsTable } from "./tables.ts";

const seconds = (ms: number) => `${ms / 1_000} s`;
/** How far rounds lie apart, of what is tried beside production, with the least work only. */
const triedMs = [10_000, 15_000];

const note =
  "A token has rounds while an ad of it is being published, then two that find nothing, and one more before it is forgotten. Each is a message, an invocation, a claim of the chain and a query of what is due. With more tokens and changes (--scale 10) some share an invocation. The table of pauses has what rounds further apart would take off, and what they delay.";

type Single = { result: Omit<BenchResult, "command" | "against" | "spread">; tables: DetailTable[] };

/** What changes cost where each dealer has a token of its own: beside N, and with other waits. */
export async function measureSingle(scale: number, sdkCallMs: number): Promise<Single> {
  const { load, words } = singleLoad(scale);
  const both = await playBoth(load, sdkCallMs);
  const byPause: [string, Played][] = [[`${seconds(productionSettings.waits.roundMs)} (production)`, both.us]];
  for (const roundMs of scale > 1 ? [] : triedMs) {
    byPause.push([
      seconds(roundMs),
      await playLoad({ bridge: "ours", load, sdkCallMs, tuning: { waits: { roundMs } } }),
    ]);
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
      pausesTable(title, [...byPause, ["N", both.n]]),
    ],
  };
}

function pausesTable(title: string, rows: readonly [string, Played][]): DetailTable {
  return {
    name: "cost-single-pauses",
    title: `The bridge and N, ${title}, over the time between rounds (roundMs)`,
    rows: [
      ["roundMs", "USD per million", "mean delay, s"],
      ...rows.map(([pause, played]) => [
        pause,
        usdPerMillion(played).toFixed(2),
        (mean(played.delaysMs) / 1_000).toFixed(1),
      ]),
    ],
  };
}
