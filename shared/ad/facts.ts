import type { MarketplaceError } from "#shared/contracts/ad-event.ts";
import type { Ad, Listing, OwnRequest } from "./ad.ts";
import type { Context } from "./context.ts";
import { doorWarnings } from "./document.ts";
import { compareLogTimes, toIsoTime } from "./log-time.ts";
import type { LogEntry, Row } from "./marketplace.ts";
import { type Fact, tell } from "./outbox.ts";
import { forgetEntries, hashEntry, lastStates, rememberEntry } from "./requests.ts";

type Reading = { ad: Ad; listing: Listing; row: Row; context: Context };

/**
 * Tells every log entry of ours that has not been told, at first sight and once. Entries of requests whose owner isn't known
 * yet are left for a later read; foreign ones are remembered and not told. Changes the ad.
 */
export function tellNewEntries(reading: Reading): void {
  const { listing, row } = reading;
  const dealtWith = new Set(listing.entries);
  const fresh = row.log.filter((entry) => !dealtWith.has(hashEntry(entry)));
  for (const entry of inOrder(listing, fresh)) {
    const hash = hashEntry(entry);
    const request = listing.requests[entry.requestId];
    if (dealtWith.has(hash) || request === undefined || request.owner === "unknown") {
      continue;
    }
    dealtWith.add(hash);
    if (request.owner === "foreign" || tellEntry(reading, entry, request)) {
      rememberEntry(listing, hash);
    }
  }
  forgetEntries(listing, row.log);
}

/** By log time; what shares one, by the order in which its writes were begun. */
function inOrder({ requests }: Listing, entries: readonly LogEntry[]): LogEntry[] {
  const beginning = ({ requestId }: LogEntry) => Number(requests[requestId]?.owner) || 0;
  return entries.toSorted((a, b) => compareLogTimes(a.created, b.created) || beginning(a) - beginning(b));
}

/** Returns false while the fact must wait for what belongs to it. */
function tellEntry(reading: Reading, entry: LogEntry, request: OwnRequest): boolean {
  if (entry.state === "error") {
    return tellError(reading, entry, request);
  }
  if (entry.state !== "done") {
    return true;
  }
  switch (entry.action) {
    case "publish":
      return request.isHidden || tellPublished(reading, entry, request);
    case "delete":
      return isReadBack(reading, request) && tellPlain(reading, entry, { request, type: "AdDeleted" });
    case "bump":
      return tellPlain(reading, entry, { request, type: "AdBumped" });
    case "boost":
      return tellPlain(reading, entry, { request, type: "AdPolePositioned" });
    case "unpublish":
      return request.call === "delete" || tellPlain(reading, entry, { request, type: "AdUnpublished" });
    default:
      return true;
  }
}

/** A deletion is told once the row reads as deleted; if its submission has ended on that, a line that comes late needs it no more. */
function isReadBack({ ad, row }: Reading, request: OwnRequest): boolean {
  return row.state === "deleted" || !ad.submissions.some(({ number }) => number === request.owner);
}

/** A publish is told once the same read shows the ad's id and the pictures are done with, or after a while without. */
function tellPublished(reading: Reading, entry: LogEntry, request: OwnRequest): boolean {
  const { listing, row, context } = reading;
  const ofRequest = row.log.filter(({ requestId }) => requestId === entry.requestId);
  const media = lastStates(ofRequest).find(({ action }) => action === "handle_media");
  const hash = hashEntry(entry);
  const firstSeenAt = listing.untold[hash] ?? context.now;
  const isComplete = row.blocketAdId !== null && media?.state !== "processing";
  if (!isComplete && context.now - firstSeenAt < context.waits.publishDetailsMs) {
    listing.untold[hash] = firstSeenAt;
    return false;
  }
  const submission = reading.ad.submissions.find(({ number }) => number === request.owner);
  const warnings = [...(submission?.warnings ?? []), ...(media?.state === "error" ? [complaintOf(media)] : [])];
  if (submission !== undefined) {
    submission.warnings = warnings;
  }
  const told = [...warnings, ...doorWarnings(reading.ad, submission?.want ?? null)];
  tellFact(reading, entry, { request, type: "AdPublished", data: { blocketAdId: row.blocketAdId, warnings: told } });
  return true;
}

/** Failed pictures are judged when the submission settles; every other error is told as it is seen, with them beside it. */
function tellError(reading: Reading, entry: LogEntry, request: OwnRequest): boolean {
  if (entry.action === "handle_media") {
    return true;
  }
  const media = reading.row.log.filter(
    ({ requestId, action, state }) => requestId === entry.requestId && action === "handle_media" && state === "error",
  );
  const errors = [entry, ...media].map(complaintOf);
  const submission = reading.ad.submissions.find(({ number }) => number === request.owner);
  submission?.mediaTold.push(...media.map(hashEntry));
  tellFact(reading, entry, { request, type: "AdErrored", data: { stage: entry.action, errors } });
  return true;
}

function tellPlain(
  reading: Reading,
  entry: LogEntry,
  { request, type }: { request: OwnRequest; type: "AdDeleted" | "AdUnpublished" | "AdBumped" | "AdPolePositioned" },
): boolean {
  tellFact(reading, entry, { request, type, data: { blocketAdId: reading.row.blocketAdId } });
  return true;
}

type Told = { request: Pick<OwnRequest, "correlationId">; evidence?: Fact["evidence"] } & Pick<Fact, "type" | "data">;

/**
 * Tells a fact that a log entry shows: late, if one of its listing with a newer log time, or any of a later generation, has
 * been told. Changes the ad.
 */
export function tellFact(
  { ad, listing, context }: Omit<Reading, "row">,
  entry: LogEntry,
  { request, type, data, evidence }: Told,
): void {
  const isBehind = (newest: string) => compareLogTimes(entry.created, newest) < 0;
  const isLate = ad.listings.some(
    ({ newestTold, generation, id }) =>
      newestTold !== null && (generation > listing.generation || (id === listing.id && isBehind(newestTold))),
  );
  if (!isLate) {
    listing.newestTold = entry.created;
  }
  const fact = {
    type,
    data: isLate ? { ...data, late: true } : data,
    listingId: listing.id,
    evidence: evidence ?? [entry.requestId, entry.action, entry.state, entry.created],
    occurredAt: toIsoTime(entry.created, context.now),
    correlationId: request.correlationId,
    causationId: entry.requestId,
  } as Fact;
  tell(ad, fact, context.now);
}

/** A log entry's error as a complaint: the action names it, the API's own text says it. */
export function complaintOf(entry: LogEntry): MarketplaceError {
  return { code: `${entry.action}-error`, pointer: null, message: entry.message };
}
