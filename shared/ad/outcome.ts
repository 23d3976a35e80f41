import { type Ad, type Call, isHidden, type Listing, type Settlement, type Submission } from "./ad.ts";
import type { Context } from "./context.ts";
import type { LogEntry, Row } from "./marketplace.ts";
import { entriesOf, hashEntry, lastStates } from "./requests.ts";
import { mayHaveReached } from "./submission.ts";

type Reading = { ad: Ad; listing: Listing; row: Row; context: Context };

/** How a submission has ended: the newest line that says so, if any does, and the actions that ended in error. */
export type Ended = { outcome: Settlement["outcome"]; errors: LogEntry[]; newest: LogEntry | null };
type Judged = Omit<Ended, "newest">;

type Evidence = { last: LogEntry[]; errors: LogEntry[]; isAtRest: boolean };

/** How a submission has ended by this read, or null while it hasn't, or may not have. Only requests of its own count. */
export function outcomeOf(reading: Reading, submission: Submission): Ended | null {
  const { ad, listing, row } = reading;
  const entries = entriesOf(listing, submission, row.log);
  const newest = entries.at(-1);
  const last = lastStates(entries);
  if (submission.phase.kind === "calling") {
    return null;
  }
  if (newest === undefined) {
    return isSilentlyDeleted(reading, submission) ? { outcome: "absent", errors: [], newest: null } : null;
  }
  if (isContested(ad, listing, submission) && !isListingAtRest(reading) && !hasWaitedEnough(reading, submission)) {
    return null;
  }
  const isAtRest = !last.some(isUnfinished) && isUnchanged(reading);
  const evidence = { last, errors: last.filter(({ state }) => state === "error"), isAtRest };
  const judged = judgeEvidence(reading, submission, evidence);
  return judged === null ? null : { ...judged, newest };
}

function judgeEvidence({ ad, listing, row }: Reading, submission: Submission, evidence: Evidence): Judged | null {
  switch (submission.call) {
    case "post":
    case "put":
      return isHidden(ad, submission.want) ? outcomeOfHidden(evidence) : outcomeOfVisible(evidence, { listing, row });
    case "delete":
      return outcomeOfDelete(evidence, row);
    case "bump":
      return outcomeOfCharge(evidence, "bump");
    case "pole_position":
      return outcomeOfCharge(evidence, "boost");
    default:
      throw new Error(`unknown call ${submission.call satisfies never}`);
  }
}

type Sight = Pick<Reading, "listing" | "row">;

/** A publish that waits to be told holds up the outcome; one whose line has vanished from the log holds up nothing. */
function outcomeOfVisible({ last, errors, isAtRest }: Evidence, { listing, row }: Sight): Judged | null {
  if (hasEnded(last, "publish", "done")) {
    const isTold =
      Object.keys(listing.untold).length === 0 || !row.log.some((entry) => hashEntry(entry) in listing.untold);
    return isTold ? { outcome: "published", errors: [] } : null;
  }
  if (hasEnded(last, "publish", "error")) {
    return { outcome: "errored", errors };
  }
  return isAtRest ? { outcome: errors.length > 0 ? "errored" : "updated", errors } : null;
}

function outcomeOfHidden({ errors, isAtRest }: Evidence): Judged | null {
  return isAtRest ? { outcome: errors.length > 0 ? "errored" : "hidden", errors } : null;
}

/** A row that is alive though the DELETE is done and all is at rest was revived by a late write: compared, it has drifted. */
function outcomeOfDelete({ last, errors, isAtRest }: Evidence, row: Row): Judged | null {
  if (hasEnded(last, "delete", "done")) {
    return row.state === "deleted" || isAtRest ? { outcome: "absent", errors: [] } : null;
  }
  return hasEnded(last, "delete", "error") ? { outcome: "errored", errors } : null;
}

function outcomeOfCharge({ last, errors }: Evidence, action: "bump" | "boost"): Judged | null {
  if (hasEnded(last, action, "done")) {
    return { outcome: "charged", errors: [] };
  }
  return hasEnded(last, action, "error") ? { outcome: "errored", errors } : null;
}

function hasEnded(last: readonly LogEntry[], name: string, how: "done" | "error"): boolean {
  return last.some(({ action, state }) => action === name && state === how);
}

/**
 * Whether one finished request may not be the last word: the write was in doubt, another one of the listing is about, or one
 * that has ended may still land. A charged call changes nothing that a document or a removal does.
 */
function isContested(ad: Ad, listing: Listing, submission: Submission): boolean {
  return submission.wasInDoubt || hasRivals(ad, submission) || listing.past.some(isDocumentOrRemoval);
}

export function isDocumentOrRemoval({ call }: { call: Call }): boolean {
  return call !== "bump" && call !== "pole_position";
}

/** Whether another write of the same listing, not settled, may have reached the marketplace. */
export function hasRivals(ad: Ad, { number, listingId }: Submission): boolean {
  return ad.submissions.some(
    (other) =>
      other.number !== number && other.listingId === listingId && other.purpose !== "charge" && mayHaveReached(other),
  );
}

/**
 * A DELETE without a line of its own, on a row that reads as deleted and has long been at rest: it came too late to do
 * anything, or its lines have been lost. Nothing is told; the listing is watched.
 */
function isSilentlyDeleted({ listing, row, context }: Reading, { call, phase }: Submission): boolean {
  const { now, waits } = context;
  const isOld = phase.kind === "overdue" || (phase.kind === "answered" && phase.since + 2 * waits.unchangedMs <= now);
  const isAtRest = listing.unchangedSince + 2 * waits.unchangedMs <= now;
  return call === "delete" && row.state === "deleted" && isOld && isAtRest;
}

/** The others may never finish: a write is not held up by them for longer than it could take itself. */
function hasWaitedEnough({ context }: Reading, { phase }: Submission): boolean {
  const isOld = phase.kind === "answered" && phase.since + context.waits.overdueMs <= context.now;
  return isOld || phase.kind === "overdue";
}

/** Every request of ours in the listing's log has finished, and the log has been the same for long enough. */
function isListingAtRest(reading: Reading): boolean {
  const { listing, row } = reading;
  const ours = row.log.filter(({ requestId }) => listing.requests[requestId]?.owner !== "foreign");
  return !lastStates(ours).some(isUnfinished) && isUnchanged(reading);
}

function isUnfinished({ state }: LogEntry): boolean {
  return state !== "done" && state !== "error";
}

function isUnchanged({ listing, context }: Reading): boolean {
  return context.now - listing.unchangedSince >= context.waits.unchangedMs;
}
