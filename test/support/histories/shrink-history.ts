import type { History } from "./history.ts";
import { type Draws, writtenLuck } from "./luck.ts";
import { type Played, playHistory } from "./play-history.ts";

/** A history with all that happens in it by chance written down. */
export type WrittenHistory = { history: History; draws: Draws };

const triesAtMost = 4_000;

/** The same violation with fewer changes and less that goes wrong; nothing of what is left can be taken out alone. */
export async function minimise(
  history: History,
  failed: Pick<Played, "draws" | "violations">,
): Promise<WrittenHistory & { played: Played }> {
  const invariant = failed.violations[0]?.invariant;
  let tries = 0;
  const fails = async (candidate: WrittenHistory): Promise<boolean> => {
    tries += 1;
    const { violations } = await playHistory(candidate.history, { luck: writtenLuck(candidate.draws) });
    return tries <= triesAtMost && violations[0]?.invariant === invariant;
  };
  let best: WrittenHistory = { history, draws: { ...failed.draws } };
  for (let size = Number.POSITIVE_INFINITY; sizeOf(best) < size; ) {
    size = sizeOf(best);
    best = await shrinkChanges(best, fails);
    best = await shrinkDraws(best, fails);
    best = await shrinkSettings(best, fails);
  }
  best = withoutIdleDocuments(best);
  return { ...best, played: await playHistory(best.history, { luck: writtenLuck(best.draws), isTraced: true }) };
}

/** Documents that nobody sends any more are emptied; the others keep their places. */
function withoutIdleDocuments({ history, draws }: WrittenHistory): WrittenHistory {
  const isSent = (item: number, document: number) =>
    history.changes.some(
      (change) => change.item === item && change.asked.kind === "upsert" && change.asked.document === document,
    );
  const isFormer = ({ formerLife = [] }: History["items"][number], document: number) => formerLife.includes(document);
  const items = history.items.map((item, place) => ({
    ...item,
    documents: item.documents.filter((_, document) =>
      item.documents.some((_, later) => later >= document && (isSent(place, later) || isFormer(item, later))),
    ),
  }));
  return { history: { ...history, items }, draws };
}

type Fails = (candidate: WrittenHistory) => Promise<boolean>;

function sizeOf({ history, draws }: WrittenHistory): number {
  const { quirks, ...settings } = history.marketplace;
  const set = Object.keys(quirks ?? {}).length + Object.keys(settings).length;
  return (
    history.changes.length +
    history.outages.length +
    (history.tokenChanges?.length ?? 0) +
    (history.strangeActs?.length ?? 0) +
    (history.spoiltListings?.length ?? 0) +
    Object.keys(draws).length +
    set
  );
}

/** Leaves out ever smaller pieces of a list, as long as what is left still fails. */
async function shrinkList<T>(all: readonly T[], stillFails: (left: T[]) => Promise<boolean>): Promise<T[]> {
  let left = [...all];
  for (let piece = left.length; piece >= 1; piece = Math.floor(piece / 2)) {
    for (let at = 0; at < left.length; ) {
      const without = left.toSpliced(at, piece);
      if (await stillFails(without)) {
        left = without;
      } else {
        at += piece;
      }
    }
  }
  return left;
}

async function shrinkChanges(best: WrittenHistory, fails: Fails): Promise<WrittenHistory> {
  const using = (changes: History["changes"]) => ({ ...best, history: { ...best.history, changes } });
  for (const place of best.history.items.keys()) {
    const others = best.history.changes.filter(({ item }) => item !== place);
    if (others.length > 0 && others.length < best.history.changes.length && (await fails(using(others)))) {
      return shrinkChanges(using(others), fails);
    }
  }
  const changes = await shrinkList(best.history.changes, (left) =>
    left.length === 0 ? Promise.resolve(false) : fails(using(left)),
  );
  return using(changes);
}

async function shrinkDraws(best: WrittenHistory, fails: Fails): Promise<WrittenHistory> {
  const using = (entries: [string, Draws[string]][]) => ({ ...best, draws: Object.fromEntries(entries) });
  return using(await shrinkList(Object.entries(best.draws), (left) => fails(using(left))));
}

async function shrinkSettings(best: WrittenHistory, fails: Fails): Promise<WrittenHistory> {
  const { history } = best;
  const { quirks = {}, ...settings } = history.marketplace;
  const using = (marketplace: History["marketplace"], outages = history.outages) => ({
    ...best,
    history: { ...history, marketplace, outages },
  });
  const left = Object.fromEntries(
    await shrinkList(Object.entries(quirks), (some) => fails(using({ ...settings, quirks: Object.fromEntries(some) }))),
  );
  const kept = Object.fromEntries(
    await shrinkList(Object.entries(settings), (some) => fails(using({ ...Object.fromEntries(some), quirks: left }))),
  );
  const marketplace = { ...kept, quirks: left };
  const outages = await shrinkList(history.outages, (some) => fails(using(marketplace, some)));
  const shrunk = await shrinkPlan(using(marketplace, outages), "tokenChanges", fails);
  return shrinkPlan(await shrinkPlan(shrunk, "strangeActs", fails), "spoiltListings", fails);
}

async function shrinkPlan(
  best: WrittenHistory,
  name: "tokenChanges" | "strangeActs" | "spoiltListings",
  fails: Fails,
): Promise<WrittenHistory> {
  const using = (some: unknown[]) => ({ ...best, history: { ...best.history, [name]: some } });
  return using(await shrinkList<unknown>(best.history[name] ?? [], (some) => fails(using(some))));
}
