import { createHash } from "node:crypto";
import type { Ad, Listing, RequestRecord, RootAction, Submission } from "./ad.ts";
import type { LogEntry } from "./marketplace.ts";
import { mayHaveReached } from "./submission.ts";

const rootActions: readonly string[] = ["create", "update", "delete", "bump", "boost"];

/** As many as are remembered of a listing's log: at most what one read pages back. */
const entriesRemembered = 300;

/** Names a log entry by its content. Entries have no id, share timestamps, and may come in any order. */
export function hashEntry({ requestId, action, state, created }: LogEntry): string {
  return createHash("sha1")
    .update(JSON.stringify([requestId, action, state, created]))
    .digest("base64url")
    .slice(0, 12);
}

/**
 * Gives every request of the log its owner, once. A request is ours when it was not seen before the intent and its root
 * action fits the call; it belongs to the newest such write of which an attempt may have reached the marketplace. One
 * whose root has not been seen yet stays `unknown`. Changes the listing.
 */
export function attributeRequests(ad: Ad, listing: Listing, log: readonly LogEntry[]): void {
  for (const requestId of new Set(log.map((entry) => entry.requestId))) {
    const known = listing.requests[requestId] ?? { owner: "unknown", seenBefore: ad.nextSubmission };
    listing.requests[requestId] = known;
    const root = log.find((entry) => entry.requestId === requestId && rootActions.includes(entry.action))?.action;
    if (known.owner === "unknown" && root !== undefined) {
      listing.requests[requestId] = ownerOf(ad, listing, { root, seenBefore: known.seenBefore });
    }
  }
  const ids = Object.keys(listing.requests);
  for (const id of ids.slice(0, Math.max(0, ids.length - entriesRemembered))) {
    delete listing.requests[id];
  }
}

function ownerOf(ad: Ad, listing: Listing, request: { root: string; seenBefore: number }): RequestRecord {
  const owner = ad.submissions.findLast(
    (submission) =>
      submission.listingId === listing.id &&
      submission.number < request.seenBefore &&
      mayHaveReached(submission) &&
      submission.roots.includes(request.root as RootAction),
  );
  if (owner === undefined) {
    return { owner: "foreign" };
  }
  return { owner: owner.number, call: owner.call, correlationId: owner.event.id };
}

/** The log entries of all requests that a submission owns, in the log's order. */
export function entriesOf(listing: Listing, submission: Submission, log: readonly LogEntry[]): LogEntry[] {
  return log.filter(({ requestId }) => listing.requests[requestId]?.owner === submission.number);
}

/** Remembers entries as dealt with. Changes the listing. */
export function rememberEntry(listing: Listing, hash: string): void {
  delete listing.untold[hash];
  listing.entries = [...listing.entries, hash].slice(-entriesRemembered);
}

/** The state each action of each request has come to: the last one in the log's order. */
export function lastStates(entries: readonly LogEntry[]): LogEntry[] {
  const last = new Map(entries.map((entry) => [`${entry.requestId} ${entry.action}`, entry]));
  return [...last.values()];
}
