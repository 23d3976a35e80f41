/** A seeded stream of chance: the same seed gives the same draws. `fraction` is in [0, 1). */
export type Random = { fraction(): number };

/** Mulberry32, its seed stirred first, so that neighbouring seeds begin far apart. */
export function makeRandom(seed: number): Random {
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) | 0;
  return {
    fraction() {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    },
  };
}

export function chance(random: Random, probability: number): boolean {
  return probability > 0 && random.fraction() < probability;
}

/** A whole number from `least` to `most`, both included. */
export function whole(random: Random, least: number, most: number): number {
  return least + Math.floor(random.fraction() * (most - least + 1));
}

/** A whole number from `least` to `most` of which each order of magnitude is as likely as another; `least` is above 0. */
export function spread(random: Random, least: number, most: number): number {
  return Math.round(least * (most / least) ** random.fraction());
}

export function pick<T>(random: Random, all: readonly T[]): T {
  const one = all[whole(random, 0, all.length - 1)];
  if (one === undefined) {
    throw new Error("nothing to pick from");
  }
  return one;
}

/** Picks by weight; null takes what the weights leave of 1. */
export function pickWeighted<K extends string>(random: Random, weights: Readonly<Record<K, number>>): K | null {
  let left = random.fraction();
  for (const name in weights) {
    left -= weights[name];
    if (left < 0) {
      return name;
    }
  }
  return null;
}
