import type { Random } from "#test/support/histories/random.ts";
import { dawn } from "./engine.ts";
import { countLogLines } from "./lambda-function.ts";
import type { Heard } from "./memory-clients.ts";
import { logNormal, memoryMarketplace } from "./memory-marketplace.ts";
import type { Meter } from "./meter.ts";
import { naiveBridge } from "./naive-bridge.ts";
import { ourBridge, type Tuning } from "./our-bridge.ts";
import { webhookOf } from "./seller.ts";
import type { Change } from "./stock.ts";
import { makeWorld, type World } from "./world.ts";

export type Play = {
  bridge: "ours" | "naive";
  seed: number;
  /** The dealers of each token. */
  tokens: readonly (readonly string[])[];
  changes: readonly Change[];
  /** From then on (epoch ms) everything counts; from the beginning unless told. */
  countedFrom?: number;
  tuning?: Tuning;
  /** How long a write takes until it is published; as marketplaces do unless told. */
  drawPublishMs?: (random: Random) => number;
};

/** What a play came to. `delaysMs`: from `publish done` and `delete done` in the marketplace's log until listeners knew. */
export type Played = {
  changes: number;
  heard: readonly Heard[];
  gets: number;
  writes: number;
  delaysMs: number[];
  meter: Meter;
  processorMs: number;
  world: World;
};

/** Half of all writes are published within 8 s, 95 in 100 within 98 s. */
export const usualPublishMs = logNormal(8_000, 98_000);
/** By then the slowest of a hundred thousand is published, and told. */
const tailMs = 4 * 60 * 60_000;

/** Plays changes to a bridge in virtual time. Throws when a webhook is not taken. */
export async function play({
  bridge: kind,
  seed,
  tokens,
  changes,
  countedFrom = dawn,
  tuning,
  ...options
}: Play): Promise<Played> {
  // The projection that CDK gives an index unless told.
  const world = makeWorld({ isDueWhole: kind === "naive" });
  const { engine, meter, processor } = world;
  const named = tokens.map((dealers, place) => ({ token: `token-${place}`, dealers }));
  const marketplace = memoryMarketplace(world, {
    seed,
    tokens: Object.fromEntries(named.map(({ token, dealers }) => [token, dealers])),
    drawPublishMs: options.drawPublishMs ?? usualPublishMs,
  });
  const heard: Heard[] = [];
  const surroundings = {
    world,
    marketplace,
    tokens: named.map(({ token, dealers }) => {
      const scope = dealers.length > 1 ? ("dealer_group" as const) : ("dealer_code" as const);
      return { tokenId: token, token, scope, dealers: [...dealers] };
    }),
    hear: (one: Heard) => void heard.push(one),
  };
  const end = changes.reduce((latest, { at }) => Math.max(latest, at), 0) + tailMs;
  const restore = countLogLines(world);
  const bridge = kind === "ours" ? ourBridge(surroundings, end, tuning) : naiveBridge(surroundings, end);
  for (const { at, makeEvent } of changes) {
    engine.at(at, () => {
      const webhook = processor.apart(() => webhookOf(makeEvent(), at));
      void bridge.post(webhook).then((status) => {
        if (status !== 202) {
          throw new Error(`a webhook was answered ${status}`);
        }
      });
    });
  }
  await engine.run(countedFrom - 1);
  meter.reset();
  Object.assign(marketplace.counts, { gets: 0, writes: 0 });
  processor.start();
  await engine.run(end);
  const processorMs = processor.stop();
  restore();
  const counted = changes.filter(({ at }) => at >= countedFrom).length;
  const delaysMs = delaysOf(marketplace, heard);
  return { changes: counted, heard, ...marketplace.counts, delaysMs, meter, processorMs, world };
}

const ends: Record<string, string> = { AdPublished: "publish", AdDeleted: "delete" };

/** The nth end of a listing is the nth event of it: only where each write of it ended before the next was made. */
function delaysOf({ marketplace }: ReturnType<typeof memoryMarketplace>, heard: readonly Heard[]): number[] {
  const endsOf = new Map<string, number[]>();
  for (const { sourceId, dealerCode, log } of marketplace.ads()) {
    for (const { action, state, at } of log) {
      const name = `${dealerCode} ${sourceId} ${action}`;
      if (state === "done") {
        endsOf.set(name, [...(endsOf.get(name) ?? []), at]);
      }
    }
  }
  const delays = heard.flatMap(({ detailType, detail, at }) => {
    const { dealerCode, listingId } = (JSON.parse(detail) as { metadata: Record<string, string> }).metadata;
    const ended = endsOf.get(`${dealerCode} ${listingId} ${ends[detailType]}`)?.shift();
    return ended === undefined ? [] : [at - ended];
  });
  return delays.sort((a, b) => a - b);
}

export const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
