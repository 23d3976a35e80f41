import { createHash } from "node:crypto";
import type { Ad, Listing, RequestRecord, RootAction, Submission } from "./ad.ts";
import type { LogEntry } from "./marketplace.ts";
import { mayHaveReached } from "./submission.ts";
import { toPast } from "./watch.ts";

const rootActions: readonly string[] = ["create", "update", "delete", "bump", "boost"];

/** As many are remembered of a listing's log: more than one read pages back. */
const entriesRemembered = 400;

/** Names a log entry by its content. Entries have no id, share timestamps, and may come in any order. */
export function hashEntry({ requestId, action, state, created }: LogEntry): string {
  return createHash("sha1")
    .update(JSON.stringify([requestId, action, state, created]))
    .digest("base64url")
    .slice(0, 12);
}

/**
 * Gives every request of the log its owner, once. A request is ours when it was not seen before the intent and its root
 * action fits the call of a write of which an attempt may have reached the marketplace. One
 * whose root has not been seen yet stays `unknown`. A listing that none of our writes was accepted for, and whose log, when it
 * is first seen, shows writes that none of ours can have been, had a life before us: none of its requests is ours. Changes the
 * listing.
 */
export function attributeRequests(ad: Ad, listing: Listing, { log, isFirstSight }: Sight): void {
  if (isFirstSight && !listing.isAccepted && hasForeignPast(ad, listing, log)) {
    for (const { requestId } of log) {
      listing.requests[requestId] = { owner: "foreign" };
    }
  }
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

type Sight = { log: readonly LogEntry[]; isFirstSight: boolean };

function hasForeignPast(ad: Ad, listing: Listing, log: readonly LogEntry[]): boolean {
  const seenBefore = ad.nextSubmission;
  return log.some(
    ({ action }) =>
      rootActions.includes(action) && ownerOf(ad, listing, { root: action, seenBefore }).owner === "foreign",
  );
}

/**
 * Ended submissions of which something may still land are asked too. An accepted write has a request coming for certain, and
 * they come in order: the oldest that has none yet has it. Else the newest that fits.
 */
function ownerOf(ad: Ad, listing: Listing, request: { root: string; seenBefore: number }): RequestRecord {
  const present = ad.submissions
    .filter((submission) => submission.listingId === listing.id && mayHaveReached(submission))
    .map((submission) => toPast(ad, submission));
  const fitting = [...listing.past, ...present]
    .filter(({ number, roots }) => number < request.seenBefore && roots.includes(request.root as RootAction))
    .toSorted((a, b) => a.number - b.number);
  const owners = new Set(Object.values(listing.requests).map((known) => known.owner));
  const owner = fitting.find(({ number, isAccepted }) => isAccepted && !owners.has(number)) ?? fitting.at(-1);
  if (owner === undefined) {
    return { owner: "foreign" };
  }
  const { number, call, correlationId, isHidden } = owner;
  return { owner: number, call, correlationId, isHidden };
}

/** The log entries of all requests that a submission owns, in the log's order. */
export function entriesOf(listing: Listing, submission: Submission, log: readonly LogEntry[]): LogEntry[] {
  return log.filter(({ requestId }) => listing.requests[requestId]?.owner === submission.number);
}

/** Remembers an entry as dealt with. Changes the listing. */
export function rememberEntry(listing: Listing, hash: string): void {
  delete listing.untold[hash];
  listing.entries.push(hash);
}

/** Forgets the entries longest known that the log no longer shows: what it shows could be told again. Changes the listing. */
export function forgetEntries(listing: Listing, log: readonly LogEntry[]): void {
  const shown = new Set(log.map(hashEntry));
  const gone = listing.entries.filter((hash) => !shown.has(hash));
  const room = Math.max(0, entriesRemembered - shown.size);
  const kept = new Set(room === 0 ? [] : gone.slice(-room));
  listing.entries = listing.entries.filter((hash) => shown.has(hash) || kept.has(hash));
}

/** The state each action of each request has come to: the last one in the log's order. */
export function lastStates(entries: readonly LogEntry[]): LogEntry[] {
  const last = new Map(entries.map((entry) => [`${entry.requestId} ${entry.action}`, entry]));
  return [...last.values()];
}
