import { dawn } from "#bench/world/engine.ts";
import { arrivals, type Change, removalOf, upsertOf } from "#bench/world/stock.ts";
import { makeRandom } from "#test/support/histories/random.ts";

/** What is played to the bridge and to its reference alike. `countedFrom`: epoch ms. */
export type Load = { seed: number; tokens: readonly string[][]; changes: readonly Change[]; countedFrom: number };

/** Of the changes that count: cars that are new, and cars that are sold. The others are changes of price. */
const shares = { created: 0.15, removed: 0.1 };
/** Between the stock's coming in and the changes that count, so that the slowest of it is at rest. */
const pauseMs = 5 * 60 * 60_000;

const dealerCodes = (count: number) => Array.from({ length: count }, (_, place) => `D${place}`);
const idOf = (place: number, edit: number) => `0198a1c2-7c1f-7f6e-b4f${edit}-${String(place).padStart(12, "0")}`;

/** Changes on one token for twenty dealers, fifty of them a second. */
export const groupLoad = (count: number): Load => loadOf({ count, perSecond: 50, tokens: [dealerCodes(20)] });

/** Of tokens and changes a second a twentieth of what `bench/poll` has; five minutes of them, so that tokens have several. */
const singles = { tokens: 500, perSecond: 2.5, changes: 750 };

/** `words`: how many tokens and changes a second. */
export type SingleLoad = { load: Load; words: string };

/** Changes on tokens of single dealers, dealt out to them without order: on average each has one every 200 s. */
export function singleLoad(scale: number): SingleLoad {
  const tokens = dealerCodes(Math.round(singles.tokens * scale)).map((dealerCode) => [dealerCode]);
  const perSecond = singles.perSecond * scale;
  const load = loadOf({ count: Math.round(singles.changes * scale), perSecond, tokens });
  return { load, words: `${tokens.length.toLocaleString("en")} of them, ${perSecond} changes/s` };
}

type Size = { count: number; perSecond: number; tokens: readonly string[][] };

/** A stock that comes in, and later the changes that count: each about a car of its own. */
function loadOf({ count, perSecond, tokens }: Size): Load {
  const dealers = tokens.flat();
  const random = makeRandom(11);
  const stocked = Math.round(count * (1 - shares.created));
  const removed = Math.round(count * shares.removed);
  const carOf = (place: number, edit: number, at: number) => ({
    dealerCode: dealers[place % dealers.length] ?? "",
    place,
    id: idOf(place, edit),
    at,
  });
  const stock = arrivals(stocked, perSecond, random.fraction).map((at, place) => upsertOf(carOf(place, 0, at)));
  const offset = (stock.at(-1)?.at ?? dawn) - dawn + pauseMs;
  const counted = arrivals(count, perSecond, random.fraction).map((time, turn) => {
    // Another car each time, the kinds of changes mixed: 7,919 is a prime.
    const place = (turn * 7_919) % count;
    const car = carOf(place, 1, time + offset);
    return place < removed ? removalOf(car) : upsertOf(car, place < stocked ? 239_000 : 249_000);
  });
  return { seed: 3, tokens, changes: [...stock, ...counted], countedFrom: dawn + offset };
}
