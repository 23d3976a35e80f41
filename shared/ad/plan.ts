import { type Ad, currentListing, hasToken, type Submission } from "./ad.ts";
import { beginAttempt, beginSubmission, readListing } from "./begin.ts";
import type { Context } from "./context.ts";
import type { ReadCall, WriteCall } from "./marketplace.ts";
import { outboxRoom } from "./outbox.ts";
import { passTime } from "./pass-time.ts";
import { prune } from "./prune.ts";
import { carriesWish, isOpen, supersede } from "./submission.ts";

/** What `submit` is to do for an ad now, once the ad that comes with it is stored. */
export type Action =
  | { kind: "none" }
  | { kind: "write"; submission: number; call: WriteCall }
  | { kind: "read"; submission: number; call: ReadCall };

export type Plan = { ad: Ad; action: Action };

/**
 * Decides the next step of an ad: at most one call to the marketplace, with the intent for it in the ad that is returned.
 * The caller stores the ad first and calls only if that went well. Doing this twice, late, or for nothing is harmless.
 */
export function plan(ad: Ad, context: Context): Plan {
  const next = passTime(ad, context);
  const action = planSubmissions(next, context) ?? planWish(next, context) ?? { kind: "none" };
  prune(next);
  return { ad: next, action };
}

/** Goes on with the submission that is open; undefined when none stands in a waiting wish's way. Changes the ad. */
function planSubmissions(ad: Ad, context: Context): Action | undefined {
  const open = ad.submissions.findLast((submission) => isOpen(submission) && !submission.overtaken);
  if (open === undefined) {
    return undefined;
  }
  if (open.phase.kind === "ready" && !open.mayHaveReached && !carriesWish(ad, open)) {
    supersede(ad, open, context);
    return planSubmissions(ad, context);
  }
  if (mayBeOvertaken(ad, open, context)) {
    return undefined;
  }
  return continueSubmission(ad, open, context);
}

function continueSubmission(ad: Ad, open: Submission, context: Context): Action {
  switch (open.phase.kind) {
    case "ready":
      return open.phase.notBefore <= context.now && hasRoom(ad) && hasToken(ad)
        ? beginAttempt(ad, open, context)
        : { kind: "none" };
    case "doubt":
    case "refused-check":
    case "exists-check":
      return open.phase.nextReadAt <= context.now && hasToken(ad) ? readListing(ad, open) : { kind: "none" };
    case "calling":
    case "answered":
    case "overdue":
      return { kind: "none" };
    default:
      throw new Error(`unknown phase ${JSON.stringify(open.phase satisfies never)}`);
  }
}

/** A sold car must not wait long: after its minute a removal is sent beside an open document, which is then only read. */
function mayBeOvertaken(ad: Ad, open: Submission, context: Context): boolean {
  return (
    ad.wish?.state === "waiting" &&
    ad.wish.want.kind === "no-ad" &&
    open.call !== "delete" &&
    open.phase.kind !== "calling" &&
    ad.wish.acceptedAt + context.waits.removalMs <= context.now
  );
}

function planWish(ad: Ad, context: Context): Action | undefined {
  if (ad.wish?.state !== "waiting" || !hasToken(ad) || !hasRoom(ad)) {
    return undefined;
  }
  return mustWait(ad) ? undefined : beginSubmission(ad, context);
}

/** A document waits for every open write, also one that a removal overtook. */
export function mustWait(ad: Ad): boolean {
  return ad.wish?.want.kind === "document" && (ad.submissions.some(isOpen) || isHeldByDeletion(ad));
}

/** An overdue DELETE may still land: no document is written until it has ended or the row reads as deleted. */
function isHeldByDeletion(ad: Ad): boolean {
  const listing = currentListing(ad);
  return (
    listing?.deleted === false &&
    ad.submissions.some(({ call, listingId }) => call === "delete" && listingId === listing.id)
  );
}

function hasRoom(ad: Ad): boolean {
  return ad.outbox.length < outboxRoom;
}
