import type { MarketplaceError } from "#shared/contracts/ad-event.ts";
import { type Ad, documentOf, type Listing, type Phase, type Submission } from "./ad.ts";
import { giveWay } from "./charge.ts";
import { backoffMs, type Context } from "./context.ts";
import { copyAd } from "./copy-ad.ts";
import { fieldsOver } from "./document.ts";
import type { Reply } from "./marketplace.ts";
import { fallIntoDoubt, forgetAttempt, listingOf, mayBeDeletedAlready, refuse, withdraw } from "./submission.ts";
import { loseListing, takeAbsence } from "./take-absence.ts";

/** Which attempt a reply is to. */
export type Attempt = { submission: number; attemptId: string };

/**
 * Takes the reply to an attempt. One whose attempt is no longer the item's is dropped: the doubt it left has been, or
 * will be, resolved by reading.
 */
export function applyReply(ad: Ad, attempt: Attempt, outcome: { reply: Reply; context: Context }): Ad {
  const next = copyAd(ad);
  const submission = next.submissions.find(({ number }) => number === attempt.submission);
  if (submission?.phase.kind !== "calling" || submission.phase.attemptId !== attempt.attemptId) {
    return next;
  }
  take(next, submission, { ...outcome, callUntil: submission.phase.callUntil });
  giveWay(next, submission, outcome.context);
  return next;
}

type Taken = { reply: Reply; context: Context; callUntil: number };

function take(ad: Ad, submission: Submission, { reply, context, callUntil }: Taken): void {
  const { now, waits } = context;
  switch (reply.kind) {
    case "accepted":
      submission.mayHaveReached = true;
      submission.isAccepted = true;
      listingOf(ad, submission).isAccepted = true;
      submission.phase = { kind: "answered", since: now };
      return;
    case "in-doubt":
      fallIntoDoubt(ad, submission, { nextReadAt: callUntil + waits.doubtGraceMs, now });
      return;
    case "not-made":
      submission.phase = ready(now + (reply.retryAfterMs ?? backoffMs(submission.attempts, context)));
      return;
    case "refused":
      takeRefusal(ad, submission, { errors: reply.errors, context });
      return;
    case "exists":
      takeExists(ad, submission, { errors: reply.errors, context });
      return;
    case "not-found":
      takeNotFound(ad, submission, context);
      return;
    case "unauthorized":
      submission.phase = ready(now);
      return;
    case "forbidden":
      takeForbidden(ad, submission, context);
      return;
    default:
      throw new Error(`unknown reply ${JSON.stringify(reply satisfies never)}`);
  }
}

type Refusal = { errors: MarketplaceError[]; context: Context };

function takeRefusal(ad: Ad, submission: Submission, { errors, context }: Refusal): void {
  if (submission.call !== "put" && submission.call !== "delete") {
    refuse(ad, submission, errors, context);
    return;
  }
  const nulled = nulledPointers(ad, submission, listingOf(ad, submission));
  if (errors.length > 0 && errors.every(({ pointer }) => pointer !== null && nulled.includes(pointer))) {
    submission.withoutNulls = true;
    submission.warnings = errors;
    submission.phase = ready(context.now);
    return;
  }
  submission.phase = { kind: "refused-check", errors, nextReadAt: context.now };
}

function nulledPointers(ad: Ad, submission: Submission, listing: Listing): string[] {
  const document = documentOf(ad, submission.want);
  return document === null || submission.withoutNulls ? [] : fieldsOver(listing.held, document).nulled;
}

function takeExists(ad: Ad, submission: Submission, { errors, context }: Refusal): void {
  if (submission.call === "post") {
    // This attempt created nothing: unless an earlier one may have, a creation in the log is somebody else's.
    submission.roots = submission.mayHaveReached ? submission.roots : [];
    listingOf(ad, submission).wasAbsent &&= submission.mayHaveReached;
    submission.phase = { kind: "exists-check", errors, reads: 0, nextReadAt: context.now };
    return;
  }
  takeRefusal(ad, submission, { errors, context });
}

/** A charged call that is forbidden is refused; for any other the lane is closed, and it is made again once that opens. */
function takeForbidden(ad: Ad, submission: Submission, context: Context): void {
  if (submission.purpose === "charge") {
    const message = "The token may not make this charged call.";
    refuse(ad, submission, [{ code: "forbidden", pointer: null, message }], context);
    return;
  }
  submission.phase = ready(context.now);
}

const notFound = { code: "not-found", pointer: null, message: "Not found." };

/**
 * A DELETE that finds nothing has nothing to do, unless an earlier one may be on its way: then the row is read. A PUT to a
 * listing never seen becomes its POST; one seen before is gone, and its successor is made. (Whoever made the call has found
 * out that the token does reach this dealer's listings.)
 */
function takeNotFound(ad: Ad, submission: Submission, context: Context): void {
  switch (submission.call) {
    case "delete":
      if (mayBeDeletedAlready(ad, submission)) {
        submission.phase = { kind: "refused-check", errors: [notFound], nextReadAt: context.now };
        return;
      }
      takeAbsence(ad, submission, context);
      return;
    case "put":
      if (listingOf(ad, submission).seen) {
        loseListing(ad, submission, context);
        forgetAttempt(submission, context);
        withdraw(ad, submission, context);
        return;
      }
      submission.call = "post";
      submission.phase = ready(context.now);
      return;
    case "post":
    case "bump":
    case "pole_position":
      refuse(ad, submission, [notFound], context);
      return;
    default:
      throw new Error(`unknown call ${submission.call satisfies never}`);
  }
}

function ready(notBefore: number): Phase {
  return { kind: "ready", notBefore };
}
