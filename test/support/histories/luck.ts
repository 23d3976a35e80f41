import { makeRandom, type Random } from "./random.ts";

/** What a draw came to; plain JSON, so that a history with all its faults can be written down. */
export type Drawn = number | string | boolean | object;

/** Everything by chance that happens in a history, by the name of the place and how often it was come to: `save car#3`. */
export type Draws = Record<string, Drawn>;

/**
 * Where a history gets its chance from while it runs. `draw` asks what happens at a place; null is the ordinary course.
 * The same luck gives the same history.
 */
export type Luck = {
  draw<T extends Drawn>(place: string, make: (random: Random) => T | null): T | null;
  /** All draws so far that were not ordinary. */
  draws(): Draws;
};

type Decide = (name: () => string, make: (random: Random) => Drawn | null) => Drawn | null;

function makeLuck(decide: Decide): Luck {
  const counts = new Map<string, number>();
  const draws: Draws = {};
  return {
    draw<T extends Drawn>(place: string, make: (random: Random) => T | null): T | null {
      const count = (counts.get(place) ?? 0) + 1;
      counts.set(place, count);
      const name = () => `${place}#${count}`;
      const drawn = decide(name, make) as T | null;
      if (drawn !== null) {
        draws[name()] = drawn;
      }
      return drawn;
    },
    draws: () => draws,
  };
}

/** Chance from a seed. */
export function seededLuck(seed: number): Luck {
  const random = makeRandom(seed ^ 0x5bd1e995);
  return makeLuck((_name, make) => make(random));
}

/** Exactly these draws; everything else takes its ordinary course. */
export function writtenLuck(written: Draws): Luck {
  return makeLuck((name) => written[name()] ?? null);
}
