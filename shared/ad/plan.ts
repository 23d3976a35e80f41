import { type Ad, currentListing, type EventRef, hasToken, type Listing, type Submission } from "./ad.ts";
import { beginAttempt, readListing } from "./attempt.ts";
import { beginCharge, beginRepair, beginWish } from "./begin.ts";
import { isWaitingCharge, nextCharge } from "./charge.ts";
import type { Context } from "./context.ts";
import type { ChargedCall, ReadCall, ValidateCall, WriteCall } from "./marketplace.ts";
import { outboxRoom } from "./outbox.ts";
import { passTime } from "./pass-time.ts";
import { prune } from "./prune.ts";
import { carriesWish, isOpen, supersede } from "./submission.ts";

/** What `submit` is to do for an ad now, once the ad that comes with it is stored. */
export type Action =
  | { kind: "none" }
  | { kind: "write"; submission: number; call: WriteCall }
  | { kind: "charge"; submission: number; call: ChargedCall }
  | { kind: "read"; submission: number; call: ReadCall }
  | { kind: "validate"; event: EventRef; call: ValidateCall };

export type Plan = { ad: Ad; action: Action };

/** An older generation's listing is deleted again this often. */
const repairsAtMost = 3;

/**
 * Decides the next step of an ad: at most one call to the marketplace, with the intent for it in the ad that is returned.
 * The caller stores the ad first and calls only if that went well. Doing this twice, late, or for nothing is harmless.
 */
export function plan(ad: Ad, context: Context): Plan {
  const next = passTime(ad, context);
  const action = mayCall(next, context)
    ? (planSubmissions(next, context) ??
      planWish(next, context) ??
      planRepair(next, context) ??
      planCharge(next, context))
    : undefined;
  prune(next);
  return { ad: next, action: action ?? { kind: "none" } };
}

function mayCall(ad: Ad, { now }: Context): boolean {
  const isHeld = ad.heldUntil !== null && ad.heldUntil > now;
  return hasToken(ad) && !isHeld && ad.outbox.length < outboxRoom;
}

/** Goes on with the submission that is open; undefined when none stands in a waiting wish's way. Changes the ad. */
function planSubmissions(ad: Ad, context: Context): Action | undefined {
  const open = openSubmission(ad);
  if (open === undefined) {
    return undefined;
  }
  if (givesWay(ad, open)) {
    supersede(ad, open, context);
    return planSubmissions(ad, context);
  }
  return mayBeOvertaken(ad, open, context) ? undefined : continueSubmission(ad, open, context);
}

/** The open submission whose turn it is, if any. */
export function openSubmission(ad: Ad): Submission | undefined {
  return ad.submissions.findLast(
    (submission) => isOpen(submission) && !submission.overtaken && !stepsAside(ad, submission),
  );
}

/** A charged call that has not been made holds up no wish. */
function stepsAside({ wish }: Ad, submission: Submission): boolean {
  return wish?.state === "waiting" && isWaitingCharge(submission);
}

/** A write of which no attempt may have reached the marketplace gives way to a newer wish at once. */
export function givesWay(ad: Ad, open: Submission): boolean {
  const isForOldWish = open.purpose !== "charge" && open.purpose !== "repair" && !carriesWish(ad, open);
  const isUnmade = open.phase.kind === "look-up" || open.phase.kind === "ready";
  return isUnmade && !open.mayHaveReached && isForOldWish;
}

function continueSubmission(ad: Ad, open: Submission, context: Context): Action {
  switch (open.phase.kind) {
    case "ready":
      return open.phase.notBefore <= context.now ? beginAttempt(ad, open, context) : { kind: "none" };
    case "look-up":
    case "doubt":
    case "refused-check":
    case "exists-check":
      return isReadBack(open) && open.phase.nextReadAt <= context.now ? readListing(ad, open) : { kind: "none" };
    case "calling":
    case "answered":
    case "overdue":
      return { kind: "none" };
    default:
      throw new Error(`unknown phase ${JSON.stringify(open.phase satisfies never)}`);
  }
}

/** A charged call in doubt is looked for in the log only: nothing that a read could show would let it be made again. */
export function isReadBack({ purpose }: Submission): boolean {
  return purpose !== "charge";
}

/** A sold car must not wait long: after its minute a removal is sent beside an open write, which is then only read. */
function mayBeOvertaken(ad: Ad, open: Submission, context: Context): boolean {
  const at = overtakesAt(ad, open, context);
  return at !== null && at <= context.now && open.phase.kind !== "calling";
}

/** When a waiting removal may overtake an open write; null where there is nothing to overtake. */
export function overtakesAt(ad: Ad, open: Submission, { waits }: Context): number | null {
  const isRemoval = ad.wish?.state === "waiting" && ad.wish.want.kind === "no-ad" && open.call !== "delete";
  return isRemoval && ad.wish !== null ? ad.wish.acceptedAt + waits.removalMs : null;
}

function planWish(ad: Ad, context: Context): Action | undefined {
  const { wish } = ad;
  if (wish?.state !== "waiting" || wish.notBefore > context.now || mustWait(ad)) {
    return undefined;
  }
  return beginWish(ad, wish, context);
}

/** A document waits for every open write, also for one that a removal overtook, and for an overdue DELETE that may still land. */
export function mustWait(ad: Ad): boolean {
  const listing = currentListing(ad);
  const isBeingDeleted = ad.submissions.some(({ call, listingId }) => call === "delete" && listingId === listing?.id);
  const isHeld = listing?.deleted === false && isBeingDeleted;
  const isUnderWay = ad.submissions.some((submission) => isOpen(submission) && !stepsAside(ad, submission));
  return ad.wish?.want.kind === "document" && (isUnderWay || isHeld);
}

function planRepair(ad: Ad, context: Context): Action | undefined {
  const listing = listingToRepair(ad);
  return listing === undefined || ad.wish === null ? undefined : beginRepair(ad, ad.wish, { listing, context });
}

/** A listing of an earlier generation that a read has shown alive, when nothing else is under way. */
export function listingToRepair(ad: Ad): Listing | undefined {
  return ad.submissions.some(isOpen)
    ? undefined
    : ad.listings.slice(0, -1).find(({ seen, deleted, repairs }) => seen && !deleted && repairs < repairsAtMost);
}

function planCharge(ad: Ad, context: Context): Action | undefined {
  const charge = nextCharge(ad);
  return charge === undefined ? undefined : beginCharge(ad, charge, context);
}
