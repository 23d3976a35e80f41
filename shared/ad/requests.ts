import { hash } from "node:crypto";
import type { Ad, Listing, PastSubmission, RequestRecord, RootAction, Submission } from "./ad.ts";
import type { Context } from "./context.ts";
import { compareLogTimes } from "./log-time.ts";
import type { LogEntry } from "./marketplace.ts";
import { mayHaveReached } from "./submission.ts";
import { toPast } from "./watch.ts";

const rootActions: readonly string[] = ["create", "update", "delete", "bump", "boost"];

/** As many are remembered of a listing's log: more than one read pages back. */
const entriesRemembered = 400;

/** Names a log entry by its content. Entries have no id, share timestamps, and may come in any order. */
export function hashEntry({ requestId, action, state, created }: LogEntry): string {
  return hash("sha1", JSON.stringify([requestId, action, state, created]), "base64url").slice(0, 12);
}

/**
 * Gives every request of the log its owner, once. A request is ours when it was not seen before the intent and its root
 * action fits the call of a write of which an attempt may have reached the marketplace. One
 * whose root has not been seen yet stays `unknown`. Changes the listing.
 */
export function attributeRequests(ad: Ad, listing: Listing, log: readonly LogEntry[], context: Context): void {
  const firstUnmade = firstUnmadeOf(ad);
  const isAtRest = context.now - listing.unchangedSince >= context.waits.unchangedMs;
  const roots = rootsOf(log);
  for (const requestId of new Set(log.map((entry) => entry.requestId))) {
    const known = (Object.hasOwn(listing.requests, requestId) && listing.requests[requestId]) || {
      owner: "unknown",
      seenBefore: firstUnmade,
    };
    listing.requests[requestId] = known;
    const root = roots.find((entry) => entry.requestId === requestId);
    if (known.owner === "unknown" && root !== undefined) {
      listing.requests[requestId] = ownerOf(ad, listing, { root, seenBefore: known.seenBefore, roots, isAtRest });
    }
  }
  const ids = Object.keys(listing.requests);
  for (const id of ids.slice(0, Math.max(0, ids.length - entriesRemembered))) {
    delete listing.requests[id];
  }
}

/** The line of each request that says of which call it is, its first of such an action: in the log's order. */
function rootsOf(log: readonly LogEntry[]): LogEntry[] {
  const roots = new Map<string, LogEntry>();
  for (const entry of log) {
    if (rootActions.includes(entry.action) && !roots.has(entry.requestId)) {
      roots.set(entry.requestId, entry);
    }
  }
  return [...roots.values()];
}

/** The number of the first submission of which no attempt can have reached the marketplace, nor of any after it. */
function firstUnmadeOf({ submissions, nextSubmission }: Ad): number {
  const lastMade = submissions.findLastIndex(mayHaveReached);
  return submissions[lastMade + 1]?.number ?? nextSubmission;
}

/** A request that has no owner yet: its root line, and all those that the log shows. */
type Ownerless = { root: LogEntry; seenBefore: number; roots: readonly LogEntry[]; isAtRest: boolean };

/**
 * Ended submissions of which something may still land are asked too. An accepted write has a request coming, and accepted
 * writes stand in the log in the order they were made: the oldest that has none yet has it, unless others' requests stand
 * around it in another order. With more such writes than requests, the oldest are passed over, once the log has come to rest
 * and shows no more: they are late, for only the newest can still be young. Else the newest that fits.
 */
function ownerOf(ad: Ad, listing: Listing, request: Ownerless): RequestRecord {
  const present = ad.submissions
    .filter((submission) => submission.listingId === listing.id && mayHaveReached(submission))
    .map((submission): PastSubmission => toPast(ad, submission));
  const fitting = [...listing.past, ...present]
    .filter(({ number, roots }) => number < request.seenBefore && roots.includes(request.root.action as RootAction))
    .toSorted((a, b) => a.number - b.number);
  const spoken = spokenFor(listing, fitting, request.seenBefore);
  const [after, before] = neighboursOf(listing, request);
  const due = fitting.filter(
    ({ number, isAccepted }) => isAccepted && number > after && number < before && !spoken.has(number),
  );
  const spare = Math.max(0, due.length - ownerlessFrom(listing, request));
  if (spare > 0 && !request.isAtRest) {
    return { owner: "unknown", seenBefore: request.seenBefore };
  }
  const owner = due[spare] ?? fitting.at(-1);
  if (owner === undefined) {
    return { owner: "foreign" };
  }
  const { number, call, correlationId, isHidden } = owner;
  return { owner: number, call, correlationId, isHidden };
}

/** The newest submission that owns a root line which stands before the request's, and the oldest that owns one after it. */
function neighboursOf({ requests }: Listing, { root, roots }: Ownerless): [after: number, before: number] {
  const neighbours = roots.flatMap(({ created, requestId }) => {
    const owner = Number(requests[requestId]?.owner);
    return owner > 0 ? [{ owner, at: compareLogTimes(created, root.created) }] : [];
  });
  return [
    Math.max(0, ...neighbours.filter(({ at }) => at < 0).map(({ owner }) => owner)),
    Math.min(Number.POSITIVE_INFINITY, ...neighbours.filter(({ at }) => at > 0).map(({ owner }) => owner)),
  ];
}

/** How many requests of the same root action have no owner yet, from this one on: one at least. */
function ownerlessFrom({ requests }: Listing, { root, roots }: Ownerless): number {
  const alike = roots.slice(roots.indexOf(root)).filter(({ action }) => action === root.action);
  return alike.filter(({ requestId }) => (requests[requestId]?.owner ?? "unknown") === "unknown").length;
}

/**
 * The writes that have a request already: those that own one, and for each request seen earlier whose root is still to be
 * shown, the newest accepted write it can be of.
 */
function spokenFor(listing: Listing, fitting: readonly PastSubmission[], seenBefore: number): Set<unknown> {
  const requests = Object.values(listing.requests);
  const spoken = new Set<unknown>(requests.map(({ owner }) => owner));
  for (const earlier of requests) {
    if (earlier.owner === "unknown" && earlier.seenBefore < seenBefore) {
      const isOpen = ({ number, isAccepted }: PastSubmission) =>
        isAccepted && number < earlier.seenBefore && !spoken.has(number);
      spoken.add(fitting.findLast(isOpen)?.number);
    }
  }
  return spoken;
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
