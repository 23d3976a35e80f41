import type { Bench, BenchReport } from "#bench/result.ts";
import type { Played } from "#bench/world/play.ts";
import { groupLoad } from "./load.ts";
import { playBoth, usdOf } from "./play-load.ts";
import { priceTable, requestResources } from "./price.ts";
import { measureSdkCallMs } from "./sdk-processor.ts";
import { measureSingle } from "./single-tokens.ts";
import { partsTable, requestsTable, seriesOf } from "./tables.ts";

const command = "npm run bench:cost";
const changesAtScale1 = 3_000;
/** The most that a change may cost, as a share of what it costs N: in USD, and in requests. */
const mostAgainstNaive = 0.2;

const usdNote =
  "Both pay the same for the door, the bus and the first message. What is left of ours is mostly writes to the table: the intent before the call, the answer after it, the facts with their outbox, the outbox emptied, a receipt, an event in the history. Each makes a crash between two of them harmless. Fewer saves per ad (documents in rows of their own, the outbox emptied by the next save) would take off some.";
const requestsNote =
  "Ours makes many small guarded requests to DynamoDB, none of which is billed as a request, where N makes few large ones. What keeps the intent, the outbox and the receipts apart cannot come near the limit: each of them is a request of its own, so that a crash between two of them is harmless. What could go is loads of due ads that carry no news (`poll: GetItem ad` in the table of requests): an index entry with the ad's version would spare them.";

const requestsOf = ({ meter, changes }: Played) =>
  requestResources.reduce((sum, resource) => sum + meter.total(resource), 0) / changes;

async function run({ scale }: { scale: number }): Promise<BenchReport> {
  const sdkCallMs = await measureSdkCallMs();
  const { us, n } = await playBoth(groupLoad(Math.round(changesAtScale1 * scale)), sdkCallMs);
  const single = await measureSingle(scale, sdkCallMs);
  const [ourRequests, theirRequests] = [requestsOf(us), requestsOf(n)];
  const head = { command, against: "N", spread: 0.02 };
  const prices = `prices of ${priceTable.date}, ${priceTable.region}; scale ${scale}. Taken as ±2 %: all is counted in virtual time, the same in every run, but for the processor time in it, which is measured.`;
  const usd = { ...head, ...usdOf({ us, n }) };
  return {
    bench: "cost",
    results: [
      {
        ...usd,
        name: "cost.usd-against-naive",
        what: "USD per million ad changes, against N",
        limit: mostAgainstNaive,
        limitOn: "ratio",
        note: `${prices} ${usdNote}`,
      },
      {
        ...usd,
        name: "cost.usd",
        what: "USD per million ad changes",
        limit: 12,
        limitOn: "ours",
        note: `${prices} ${usdNote}`,
      },
      { ...head, ...single.result, note: `${prices} ${single.result.note}` },
      {
        ...head,
        name: "cost.requests",
        what: "AWS requests per ad change, against N",
        ours: ourRequests,
        reference: theirRequests,
        ratio: ourRequests / theirRequests,
        limit: mostAgainstNaive,
        limitOn: "ratio",
        unit: "requests",
        spread: 0,
        note: `${(ourRequests / theirRequests / mostAgainstNaive).toFixed(1)} times what is wanted. ${requestsNote}`,
      },
    ],
    tables: [
      partsTable("cost-ours", "The bridge", us),
      requestsTable("cost-requests", "The bridge's requests to DynamoDB", us),
      partsTable("cost-naive", "N", n),
      ...single.tables,
    ],
    plots: [
      {
        name: "cost",
        title: "USD per million ad changes",
        kind: "bars",
        xLabel: "",
        yLabel: "USD",
        series: [seriesOf("the bridge", us), seriesOf("N", n)],
      },
    ],
  };
}

export const bench: Bench = { name: "cost", run };
