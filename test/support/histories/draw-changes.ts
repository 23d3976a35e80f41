import type { Asked, Change, Item } from "./history.ts";
import { chance, pick, pickWeighted, type Random, spread, whole } from "./random.ts";

const second = 1_000;
const minute = 60 * second;
const changesPerHistory = 16;

type Ways = { isSequenced: boolean; hasTimes: boolean };

/** Sixteen changes to the items: mostly close together, some at one instant, some out of order, some sent again. */
export function drawChanges(random: Random, items: readonly Item[]): Change[] {
  const ways = { isSequenced: chance(random, 0.3), hasTimes: chance(random, 0.8) };
  const changes: Change[] = [];
  let at = second;
  for (let count = 1; count <= changesPerHistory; count += 1) {
    at += drawGap(random);
    const earlier = changes.length > 0 && chance(random, 0.08) ? pick(random, changes) : null;
    changes.push(earlier === null ? drawChange(random, items, { at, count, ways }) : { ...earlier, at });
  }
  return changes;
}

function drawGap(random: Random): number {
  switch (pickWeighted(random, { none: 0.12, instant: 0.08, short: 0.45, medium: 0.2 })) {
    case "none":
      return 0;
    case "instant":
      return whole(random, 1, 50);
    case "short":
      return spread(random, 200, 20 * second);
    case "medium":
      return spread(random, 20 * second, 3 * minute);
    case null:
      return spread(random, 3 * minute, 40 * minute);
  }
}

function drawChange(
  random: Random,
  items: readonly Item[],
  { at, count, ways }: { at: number; count: number; ways: Ways },
): Change {
  const item = whole(random, 0, items.length - 1);
  const isLate = chance(random, 0.1);
  const placed = isLate ? Math.max(1, count - whole(random, 1, 6)) : count;
  return {
    at,
    item,
    id: `e${count}`,
    time: ways.hasTimes ? drawTime(random, at, isLate) : null,
    sequence: ways.isSequenced ? String(placed * 10 + (isLate ? 5 : 0)) : null,
    asked: drawAsked(random, items[item]?.documents.length ?? 1),
  };
}

/** The source's own clock: a little behind, far behind for what comes out of order, now and then ahead. */
function drawTime(random: Random, at: number, isLate: boolean): number {
  if (isLate) {
    return at - spread(random, second, 60 * minute);
  }
  return chance(random, 0.05) ? at + spread(random, second, 10 * minute) : at - whole(random, 0, 400);
}

function drawAsked(random: Random, documents: number): Asked {
  const kinds = {
    removal: 0.22,
    invalid: 0.04,
    bump: 0.05,
    "pole-position": 0.03,
  };
  const kind = pickWeighted(random, kinds);
  return kind === null ? { kind: "upsert", document: drawDocument(random, documents) } : { kind };
}

/** The first two documents more often than the others, so that repeats come about. */
function drawDocument(random: Random, documents: number): number {
  return chance(random, 0.55) ? whole(random, 0, 1) : whole(random, 0, documents - 1);
}
