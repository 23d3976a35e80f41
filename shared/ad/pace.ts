import type { Waits } from "#shared/contracts/waits.ts";
import { type Ad, hasToken, type Instant, type Listing, type Submission } from "./ad.ts";
import { nextCharge } from "./charge.ts";
import type { Context } from "./context.ts";
import { stallsUnansweredAt } from "./pass-time.ts";
import { givesWay, isReadBack, listingToRepair, mustWait, openSubmission, overtakesAt } from "./plan.ts";
import { isOpen, mayHaveReached } from "./submission.ts";
import { nextWatchAt } from "./watch.ts";

/** Whether a listing is read in every round now: it has a young submission. Such reads leave no note in the ad. */
export function isReadEveryRound(ad: Ad, listing: Listing, { now, waits }: Context): boolean {
  return readable(ad, listing).some((submission) => isYoung(submission, now, waits));
}

/** When a listing is next to be read, or null when nothing of it is expected. */
export function nextReadAt(ad: Ad, listing: Listing, context: Context): Instant | null {
  return earliest([nextSubmissionReadAt(ad, listing, context), nextWatchAt(listing, context.waits)]);
}

/** When `submit` has something to do for the ad, or null. With `plan`, it looks at the same conditions. */
export function nextActionAt(ad: Ad, context: Context): Instant | null {
  const at = hasToken(ad) ? actionAt(ad, context) : null;
  return at === null ? null : Math.max(at, ad.heldUntil ?? at);
}

/** One thing an ad waits for, and when its time is; that may be past. `of` names the submission or listing it is about. */
export type Due = { kind: DueKind; at: Instant; of: number | string | null };

/**
 * `outbox`: rows to be told. `token`: a dealer no token covers, looked for again. `action`: a step of `submit`. `stall`: a
 * submission without an answer is told. `charge-void`: a waiting charged call is too old. `read`: a listing is read.
 */
export type DueKind = "outbox" | "token" | "action" | "stall" | "charge-void" | "read";

/** The earliest time at which anything is to be done for the ad; null takes it out of the `due` index. */
export function nextDueAt(ad: Ad, context: Context): Instant | null {
  return earliest(listDue(ad, context).map(({ at }) => at));
}

/** Everything the ad waits for. An ad of which this is empty is at rest. */
export function listDue(ad: Ad, context: Context): Due[] {
  const { now, waits } = context;
  const action = nextActionAt(ad, context);
  const times: { kind: DueKind; at: Instant | null; of: Due["of"] }[] = [
    { kind: "outbox", at: ad.outbox.length > 0 ? now + waits.retryFirstMs : null, of: null },
    { kind: "token", at: isHomeless(ad) ? (ad.askedAt ?? 0) + waits.retryMostMs : null, of: null },
    {
      kind: "action",
      at: action === null || ad.askedAt === null ? action : Math.max(action, ad.askedAt + waits.goOnMs),
      of: null,
    },
    ...ad.submissions.map((one) => ({ kind: "stall" as const, at: stallsUnansweredAt(one, waits), of: one.number })),
    ...ad.charges.map(({ order, call }) => ({
      kind: "charge-void" as const,
      at: order.time + waits.chargeAgeMs,
      of: call,
    })),
    ...ad.listings.map((one) => ({
      kind: "read" as const,
      at: hasToken(ad) ? nextReadAt(ad, one, context) : null,
      of: one.id,
    })),
  ];
  return times.flatMap(({ kind, at, of }) => (at === null ? [] : [{ kind, at, of }]));
}

/** There is something to do, and no token to do it with. */
export function isHomeless(ad: Ad): boolean {
  const hasWork = ad.submissions.length > 0 || ad.charges.length > 0 || ad.wish?.state === "waiting";
  return !hasToken(ad) && (hasWork || ad.listings.some(({ watchedSince }) => watchedSince !== null));
}

function nextSubmissionReadAt(ad: Ad, listing: Listing, context: Context): Instant | null {
  const submissions = readable(ad, listing);
  const { waits } = context;
  if (submissions.length === 0) {
    return null;
  }
  if (isReadEveryRound(ad, listing, context)) {
    return Math.min(...submissions.map(({ begunAt }) => begunAt));
  }
  return listing.readAt + (submissions.some(isOpen) ? waits.readSlowMs : waits.readOverdueMs);
}

function actionAt(ad: Ad, context: Context): Instant | null {
  const open = openSubmission(ad);
  if (open !== undefined) {
    return givesWay(ad, open) ? open.begunAt : earliest([overtakesAt(ad, open, context), phaseActsAt(open, context)]);
  }
  return earliest([
    ad.wish?.state === "waiting" && !mustWait(ad) ? ad.wish.notBefore : null,
    listingToRepair(ad)?.readAt ?? null,
    nextCharge(ad)?.acceptedAt ?? null,
  ]);
}

function phaseActsAt(submission: Submission, { waits }: Context): Instant | null {
  const { phase } = submission;
  switch (phase.kind) {
    case "ready":
      return phase.notBefore;
    case "calling":
      return phase.callUntil + waits.doubtGraceMs;
    case "look-up":
    case "doubt":
    case "exists-check":
    case "refused-check":
      return isReadBack(submission) ? phase.nextReadAt : null;
    case "answered":
    case "overdue":
      return null;
    default:
      throw new Error(`unknown phase ${JSON.stringify(phase satisfies never)}`);
  }
}

function readable(ad: Ad, listing: Listing): Submission[] {
  return ad.submissions.filter((submission) => submission.listingId === listing.id && mayHaveReached(submission));
}

function isYoung({ phase, begunAt }: Submission, now: Instant, waits: Waits): boolean {
  const since = phase.kind === "answered" ? phase.since : begunAt;
  return now - since < waits.readEveryRoundMs;
}

export function earliest(times: readonly (Instant | null)[]): Instant | null {
  const known = times.filter((time) => time !== null);
  return known.length === 0 ? null : Math.min(...known);
}
