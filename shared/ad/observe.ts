import { createHash } from "node:crypto";
import type { Ad, Listing, Submission } from "./ad.ts";
import { endUntraced } from "./charge.ts";
import type { Context } from "./context.ts";
import { copyAd } from "./copy-ad.ts";
import { documentFields, heldPointers, normalizePlate } from "./document.ts";
import { tellNewEntries } from "./facts.ts";
import { mayHaveFormerLife } from "./listing.ts";
import type { Row, Snapshot } from "./marketplace.ts";
import { isReadEveryRound } from "./pace.ts";
import { stallAnswered } from "./pass-time.ts";
import { prune } from "./prune.ts";
import { attributeRequests, entriesOf, hashEntry } from "./requests.ts";
import { isOurs } from "./row.ts";
import { repairDrift, settleSubmissions } from "./settle.ts";
import { endWatch } from "./watch.ts";

/** One read of one listing. */
export type Observation = { listingId: string; snapshot: Snapshot };

/**
 * Takes what a read showed: tells the facts that are new in the log and settles what has ended. Reading the same again changes
 * nothing, so a repeated, late or crashed round is harmless.
 */
export function observe(ad: Ad, { listingId, snapshot }: Observation, context: Context): Ad {
  const next = copyAd(ad);
  const listing = next.listings.find(({ id }) => id === listingId);
  if (listing === undefined) {
    return next;
  }
  if (!isReadEveryRound(next, listing, context)) {
    listing.readAt = context.now;
  }
  listing.wasAbsent ||= !listing.seen && snapshot.kind === "absent" && !snapshot.taken;
  if (snapshot.kind === "found" && isOurs(next, listing, snapshot.row)) {
    observeRow(next, { listing, row: snapshot.row, context });
  }
  stallAnswered(next, { listing, isUnlisted: snapshot.kind === "unlisted" }, context);
  if (snapshot.kind !== "unlisted") {
    endUntraced(next, listing, context);
  }
  endWatch(listing, context);
  prune(next);
  return next;
}

type Reading = { listing: Listing; row: Row; context: Context };

function observeRow(ad: Ad, { listing, row, context }: Reading): void {
  const isFirstSight = !listing.seen;
  listing.seen = true;
  listing.gone = false;
  listing.deleted = row.state === "deleted";
  listing.blocketAdId = row.blocketAdId;
  listing.plate = normalizePlate(row.plate) ?? listing.plate;
  const fingerprint = createHash("sha1").update(row.log.map(hashEntry).sort().join()).digest("base64url");
  if (fingerprint !== listing.fingerprint) {
    listing.fingerprint = fingerprint;
    listing.unchangedSince = context.now;
  }
  if (isFirstSight && mayHaveFormerLife(ad, listing)) {
    listing.held = [...new Set([...listing.held, ...heldPointers(documentFields(row.fields))])];
  }
  attributeRequests(ad, listing, row.log, context);
  acceptByEvidence(ad, { listing, row, context });
  const reading = { ad, listing, row, context };
  tellNewEntries(reading);
  settleSubmissions(reading);
  if (listing.watchedSince !== null) {
    repairDrift(reading);
  }
}

/** A DELETE taken for made because the row read as deleted: now that the row is alive again, it was not. */
function isDisproved({ call, phase, isAccepted }: Submission, row: Row): boolean {
  const isInferred = phase.kind === "answered" && !isAccepted;
  return call === "delete" && isInferred && row.state !== "deleted";
}

/** A request of ours in the log is as good as a 2xx: whatever became of the reply, the write was taken. */
function acceptByEvidence(ad: Ad, { listing, row, context }: Reading): void {
  for (const submission of ad.submissions.filter(({ listingId }) => listingId === listing.id)) {
    const { kind } = submission.phase;
    const hasEntries = entriesOf(listing, submission, row.log).length > 0;
    if (hasEntries && (kind === "ready" || kind === "doubt" || kind === "exists-check")) {
      submission.phase = { kind: "answered", since: context.now };
    }
    if (!hasEntries && isDisproved(submission, row)) {
      submission.phase = { kind: "doubt", reads: 0, nextReadAt: context.now };
    }
  }
}
