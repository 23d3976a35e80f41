import { openSubmissions, type Unended, unconfirmedRemovals } from "#functions/poll/measure-ads.ts";
import { loadClosed } from "#local/bridge/lanes/change-lanes.ts";
import { formatAdName, type ItemKey } from "#local/bridge/stage/ad-name.ts";
import { type DueHooks, type DuePorts, visitDueAds } from "#local/bridge/stage/visit-due-ads.ts";
import { describeOutbox, explainUnended } from "#local/bridge/why/explain-ad.ts";
import { type Ad, type Call, currentListing, type OutboxRow } from "#shared/ad/ad.ts";
import type { Context } from "#shared/ad/context.ts";
import type { Lane } from "#shared/ad/lane.ts";
import { listDue } from "#shared/ad/pace.ts";
import { isOpen } from "#shared/ad/submission.ts";
import type { LaneTable } from "#shared/steps/ports.ts";

/**
 * `submission`: an open one. `removal`: one that is unconfirmed. `wish`: a document for which nothing has been begun. `stalled`: a
 * submission told as stalled, still read. `outbox`: what the bus or the table has not taken. `charge`: a charged call to be made.
 */
export type StuckKind = "submission" | "removal" | "wish" | "stalled" | "outbox" | "charge";

/** An ad and the oldest that it waits for, since when (ISO 8601), and why that has not ended, in one line. */
export type StuckAd = ItemKey & {
  ad: string;
  kind: StuckKind;
  call: Call | null;
  since: string;
  listingId: string | null;
  because: string;
};

export type StuckPorts = DuePorts & { lanes: Pick<LaneTable, "load"> };

/** `removals`: these only. `olderThanMs`: what has waited for less is left out. */
export type StuckWish = { removals: boolean; olderThanMs: number };

/** The ads that wait for the end of something, the one that has waited longest first. */
export async function findStuck(
  ports: StuckPorts,
  { wish, context, hooks }: { wish: StuckWish; context: Context; hooks: DueHooks },
): Promise<StuckAd[]> {
  const lanes = { load: loadedOnce(ports.lanes) };
  const found: StuckAd[] = [];
  const visit = async (ad: Ad) => {
    const [oldest] = listUnended(ad, wish, context).sort((a, b) => a.since - b.since);
    if (oldest === undefined || !("itemId" in ad.key) || context.now - oldest.since < wish.olderThanMs) {
      return;
    }
    const closed = await loadClosed(lanes, { tokenId: ad.tokenId, dealerCode: ad.key.dealerCode });
    found.push({
      ad: formatAdName(ad.key),
      ...ad.key,
      kind: oldest.kind,
      call: oldest.call ?? oldest.submission?.call ?? null,
      since: new Date(oldest.since).toISOString(),
      listingId: oldest.listingId,
      because: oldest.because ?? explainUnended(ad, oldest.submission, { closed, context, call: oldest.call ?? null }),
    });
  };
  await visitDueAds(ports, visit, hooks);
  return found.sort((a, b) => Date.parse(a.since) - Date.parse(b.since) || (a.ad < b.ad ? -1 : 1));
}

type StuckThing = Unended & { kind: StuckKind; call?: Call; because?: string };

/** By the list that puts the ad into the index; but what is merely watched is not stuck. */
function listUnended(ad: Ad, { removals: isRemovalsOnly }: StuckWish, context: Context): StuckThing[] {
  const removals = unconfirmedRemovals(ad).map((one) => ({ ...one, kind: "removal" as const }));
  if (isRemovalsOnly) {
    return removals;
  }
  const writes = openSubmissions(ad).map((one) => ({ ...one, kind: "submission" as const }));
  const { wish } = ad;
  const isWaiting = wish?.state === "waiting" && wish.want.kind === "document";
  const listingId = currentListing(ad)?.id ?? null;
  const wishes = isWaiting ? [{ kind: "wish" as const, since: wish.acceptedAt, listingId, submission: null }] : [];
  const stalled = ad.submissions
    .filter((one) => !isOpen(one) && one.call !== "delete")
    .map((one) => ({ kind: "stalled" as const, since: one.begunAt, listingId: one.listingId, submission: one }));
  const rest = listDue(ad, context).flatMap(({ kind }): StuckThing[] => {
    const common = { listingId, submission: null };
    if (kind === "outbox") {
      return [{ ...common, kind, since: Math.min(...ad.outbox.map(rowAt)), because: describeOutbox(ad).join() }];
    }
    return kind === "charge-void"
      ? ad.charges.map(({ call, acceptedAt }) => ({ ...common, kind: "charge", since: acceptedAt, call }))
      : [];
  });
  // An open DELETE is both: as a removal it comes first, and stays so when they are sorted by age.
  return [...removals, ...writes, ...wishes, ...stalled, ...rest];
}

function rowAt(row: OutboxRow): number {
  return row.kind === "receipt" ? row.receipt.at : Date.parse(row.event.metadata.publishedAt);
}

/** One token has many ads, and its lanes are the same for all of them. */
function loadedOnce(lanes: StuckPorts["lanes"]): (tokenId: string) => Promise<Lane[]> {
  const loaded = new Map<string, Promise<Lane[]>>();
  return (tokenId) => {
    const known = loaded.get(tokenId) ?? lanes.load(tokenId);
    loaded.set(tokenId, known);
    return known;
  };
}
