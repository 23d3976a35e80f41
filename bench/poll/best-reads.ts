import { usualPublishMs } from "#bench/world/play.ts";
import { makeRandom } from "#test/support/histories/random.ts";

type Reads = { gets: number; delayMs: number };

/** Ages at which an ad may be read: every two seconds for seventy minutes, by when 999 in 1,000 are published. */
const stepMs = 2_000;
const steps = 2_100;
/** The longest way from one read to the next that is looked at, in steps. */
const longestGap = 300;
const draws = 50_000;

/**
 * What no reader of one ad at a time can do better than: the least mean delay at so many GETs per ad, when it may choose the ages at
 * which it reads knowing how publish times are spread: on a grid of two seconds, and without the time that a call takes. Found by dynamic programming: the cheapest series of reads at a price per
 * GET, and between the two prices' that need just more and just fewer GETs what a mixture of both would have.
 */
export function bestReads(gets: number): Reads {
  const shares = sharesByAge();
  let [cheap, dear] = [0, 1_000_000];
  let [more, fewer] = [cheapestSeries(shares, cheap), cheapestSeries(shares, dear)];
  for (let halving = 0; halving < 30; halving += 1) {
    const price = (cheap + dear) / 2;
    const found = cheapestSeries(shares, price);
    if (found.gets > gets) {
      [cheap, more] = [price, found];
    } else {
      [dear, fewer] = [price, found];
    }
  }
  const share = (more.gets - gets) / (more.gets - fewer.gets);
  return { gets, delayMs: more.delayMs + share * (fewer.delayMs - more.delayMs) };
}

/** By age in steps: the share of ads that is published by then, and the sum of those ages, as a share of all ads. */
type Shares = { published: number[]; ages: number[] };

function sharesByAge(): Shares {
  const random = makeRandom(1);
  const published = new Array<number>(steps + 1).fill(0);
  const ages = new Array<number>(steps + 1).fill(0);
  for (let draw = 0; draw < draws; draw += 1) {
    const age = usualPublishMs(random);
    const at = Math.ceil(age / stepMs);
    if (at <= steps) {
      published[at] = (published[at] ?? 0) + 1 / draws;
      ages[at] = (ages[at] ?? 0) + age / draws;
    }
  }
  return { published: sums(published), ages: sums(ages) };
}

function sums(values: readonly number[]): number[] {
  let sum = 0;
  return values.map((value) => {
    sum += value;
    return sum;
  });
}

function cheapestSeries({ published, ages }: Shares, pricePerGet: number): Reads {
  const at = (values: readonly number[], place: number) => values[place] ?? 0;
  const delayOf = (from: number, to: number) =>
    to * stepMs * (at(published, to) - at(published, from)) - (at(ages, to) - at(ages, from));
  const costs = new Array<number>(steps + 1).fill(0);
  const nexts = new Array<number>(steps + 1).fill(steps);
  for (let from = steps - 1; from >= 0; from -= 1) {
    costs[from] = Number.POSITIVE_INFINITY;
    for (let to = from + 1; to <= Math.min(steps, from + longestGap); to += 1) {
      const cost = delayOf(from, to) + pricePerGet * (1 - at(published, from)) + at(costs, to);
      if (cost < at(costs, from)) {
        costs[from] = cost;
        nexts[from] = to;
      }
    }
  }
  const found = { gets: 0, delayMs: 0 };
  for (let from = 0; from < steps; from = at(nexts, from)) {
    found.gets += 1 - at(published, from);
    found.delayMs += delayOf(from, at(nexts, from));
  }
  return found;
}
