import type { AdEvent, MarketplaceError } from "#shared/contracts/ad-event.ts";
import type { ListingDocument } from "#shared/contracts/listing-document.ts";
import type { Receipt } from "#shared/contracts/receipt.ts";
import type { VehicleType } from "#shared/contracts/vehicle-types.ts";

/** Epoch milliseconds of our own clock. Never compared with a time from the marketplace's log. */
export type Instant = number;

/** Whose record it is: one item of a dealer, or a source whose rejected events name no item. */
export type AdKey = { dealerCode: string; itemId: string } | { source: string };

/** One inventory event, where it came from; `traceparent` where one came with it. */
export type EventRef = { source: string; id: string; traceparent?: string };

/**
 * The place of a wish among the wishes for its item. `sequence` decides where both have one, else `time` (the earlier of
 * the event's own time and its receipt), `receivedAt`, and the place in its batch.
 */
export type WishOrder = { sequence: string | null; time: Instant; receivedAt: Instant; place: number };

/** What is wanted: the document stored under a hash, or no ad. */
export type Want = { kind: "document"; hash: string } | { kind: "no-ad" };

/**
 * What the source last asked for. `owes`: its inventory event has had no receipt yet. `repairs` counts how often it was sent
 * again because a read showed something else; `isChecked`: the marketplace found its document valid, which a correction
 * needs; until `notBefore` nothing is begun for it.
 */
export type Wish = {
  owes: boolean;
  repairs: number;
  isChecked: boolean;
  /** Whether it was told that it waits: only of one that the marketplace doesn't check. */
  stallTold: boolean;
  notBefore: Instant;
  want: Want;
  order: WishOrder;
  event: EventRef;
  acceptedAt: Instant;
  listingIds: "uuid" | "item-id";
  /** `waiting`: nothing has been begun for it. `taken`: a submission carries it. `ended`: its submission ended, well or not. */
  state: "waiting" | "taken" | "ended";
};

/**
 * A document with the type it is for; both together are what a hash names. `warnings`: what the door had to say of it. They
 * are told with what becomes of it, and make no outcome unclean: sent again, it would get the same ones.
 */
export type StoredDocument = { vehicleType: VehicleType; ad: ListingDocument; warnings?: readonly MarketplaceError[] };

/**
 * One life at the marketplace. `id` is what the API calls `source_id`.
 *
 * `held` are the JSON pointers of all fields that the marketplace may still hold, noted with each intent. `requests` and
 * `entries` remember what was seen of its action log: the request ids with their owners, and hashes of the entries.
 */
export type Listing = {
  id: string;
  generation: number;
  /** null while only a removal has been asked of it. */
  vehicleType: VehicleType | null;
  plate: string | null;
  /** Whether the marketplace has ever shown a row of ours for it: only then is its generation spent. */
  seen: boolean;
  /** Under an id that the source chose, a document of ours found somebody else's ad when it was last looked up. */
  isAnothers: boolean;
  /** Whether a write to it was ever accepted: then it is there, though no read may have shown it yet. */
  isAccepted: boolean;
  deleted: boolean;
  /** A read found nothing under its id before it was first seen: so it had no life before us. Looked up for an id that the source chose. */
  wasAbsent: boolean;
  /** Seen once, and no longer there at all. */
  gone: boolean;
  blocketAdId: string | null;
  held: string[];
  requests: Record<string, RequestRecord>;
  entries: string[];
  /** Hashes of `publish done` entries that still lack what belongs to the telling, with the time they were first seen. */
  untold: Record<string, Instant>;
  /** A hash of the entries of the last read, and since when reads of ours have given the same ones. */
  fingerprint: string;
  unchangedSince: Instant;
  /** The last read at a slow pace; reads of every round are not noted. */
  readAt: Instant;
  /** From when on it is watched: read again at widening intervals, because something of it may still come. */
  watchedSince: Instant | null;
  /** How often it was deleted again, though a later generation had taken its place. */
  repairs: number;
  /** Submissions that have ended here while something of them might still land; kept as long as it is watched. */
  past: (PastSubmission & { endedAt: Instant })[];
  /** Log time of the newest fact told, to know a late one. */
  newestTold: string | null;
};

/** What must be known of an ended submission to recognise a request of it that lands late. */
export type PastSubmission = Omit<OwnRequest, "owner"> & {
  number: number;
  roots: readonly RootAction[];
  isAccepted: boolean;
  traceparent?: string;
};

/** A request of ours: the number of its submission, and what is needed to tell its facts when that is long gone. */
export type OwnRequest = { owner: number; call: Call; correlationId: string; isHidden: boolean };

/**
 * Whose one request of the log is. `unknown` while its root action hasn't been seen; `seenBefore` is the number of the first
 * submission begun after the request was first seen: it can be neither that one's nor a later one's.
 */
export type RequestRecord = { owner: "unknown"; seenBefore: number } | { owner: "foreign" } | OwnRequest;

export type Call = "post" | "put" | "delete" | ChargedCallName;
export type ChargedCallName = "bump" | "pole_position";

/**
 * Where a submission is.
 *
 * `look-up`: not made yet; the row is read first, to see whose an id is that the source chose. `ready`: not made yet, or surely not made; next attempt at `notBefore`. `calling`: an attempt holds the lease until
 * `callUntil`. `doubt`: an attempt may have landed; `reads` reads found no trace of it. `refused-check`: a PUT was refused, the
 * row is read before that is believed. `exists-check`: the listing id is taken, the row is read to see by whom.
 * `answered`: accepted, the log will tell. `overdue`: no result in time; no longer open, still read.
 */
export type Phase =
  | { kind: "look-up"; nextReadAt: Instant }
  | { kind: "ready"; notBefore: Instant }
  | { kind: "calling"; attemptId: string; callUntil: Instant }
  | { kind: "doubt"; reads: number; nextReadAt: Instant }
  | { kind: "refused-check"; errors: MarketplaceError[]; nextReadAt: Instant }
  | { kind: "exists-check"; errors: MarketplaceError[]; reads: number; nextReadAt: Instant }
  | { kind: "answered"; since: Instant }
  | { kind: "overdue"; since: Instant };

/**
 * What a submission is for. `wish`: the source's wish. `clear`: to delete a listing that the wish can't be written to, so that
 * its next generation can. `repair`: to delete a listing of an earlier generation that turned out alive. `charge`: a charged call.
 */
export type Purpose = "wish" | "clear" | "repair" | "charge";

/** One intended write at the marketplace and all that follows from it, until it is settled. */
export type Submission = {
  number: number;
  purpose: Purpose;
  /** Whether its inventory event is still to get its receipt from it. */
  owes: boolean;
  call: Call;
  listingId: string;
  /** null for a charged call. */
  want: Want | null;
  event: EventRef;
  /** The request that a charged call was begun for; null for any other write. */
  charge: Charge | null;
  begunAt: Instant;
  /** When the lease of its latest attempt runs out. */
  leaseUntil: Instant;
  phase: Phase;
  attempts: number;
  /** Whether an attempt before the present one may have reached the marketplace. */
  mayHaveReached: boolean;
  /** Whether the marketplace said that it has taken it. */
  isAccepted: boolean;
  /** Whether it was ever in doubt: then one finished request may not be the last of it. */
  wasInDoubt: boolean;
  /** A removal was sent while this was open: it is only read, never repeated. */
  overtaken: boolean;
  /** The root actions its attempts so far would show in the log. */
  roots: readonly RootAction[];
  /** Set once exactly our explicit nulls were refused. */
  withoutNulls: boolean;
  stallTold: boolean;
  /** Hashes of failed pictures' entries that were told beside another error. */
  mediaTold: string[];
  warnings: MarketplaceError[];
};

export type RootAction = "create" | "update" | "delete" | "bump" | "boost";

/** A charged call asked for and not yet begun. */
export type Charge = { call: ChargedCallName; event: EventRef; order: WishOrder; acceptedAt: Instant };

/** How the newest finished submission ended. Only a clean outcome makes the same wish superfluous. */
export type Settlement = {
  submission: number;
  want: Want;
  outcome: "published" | "hidden" | "updated" | "absent" | "charged" | "errored" | "refused" | "stalled";
  clean: boolean;
  warnings: MarketplaceError[];
  at: Instant;
};

export type OutboxRow = { kind: "ad-event"; event: AdEvent } | { kind: "receipt"; receipt: Receipt };

/** Everything a decision about one item needs, in one record, so that one conditional write is the transaction. */
export type Ad = {
  schemaVersion: 1;
  key: AdKey;
  /** The version this was loaded as; 0 when it was never stored. */
  version: number;
  /** Names the token, and so the polling chain, that this ad's calls go by; `unassigned` while no token covers the dealer. */
  tokenId: string;
  wish: Wish | null;
  /** The newest last. Older ones stay while something of them is not settled. */
  listings: Listing[];
  /** Not settled, oldest first. */
  submissions: Submission[];
  /** Charged calls that wait, at most one of a kind. */
  charges: Charge[];
  nextSubmission: number;
  settled: Settlement | null;
  documents: Record<string, StoredDocument>;
  sequence: number;
  outbox: OutboxRow[];
  /** Until when no call is begun because the lane was found closed. */
  heldUntil: Instant | null;
  /** When `poll` last asked `submit` to go on with it. */
  askedAt: Instant | null;
};

/** Stands for a token where there is none: such an ad makes no call, and its polling chain looks for one. */
export const unassigned = "unassigned";

export function hasToken(ad: Ad): boolean {
  return ad.tokenId !== unassigned;
}

/** The record of an item, or of a source, of which nothing is known yet. */
export function newAd(key: AdKey): Ad {
  return {
    schemaVersion: 1,
    key,
    version: 0,
    tokenId: unassigned,
    wish: null,
    listings: [],
    submissions: [],
    charges: [],
    nextSubmission: 1,
    settled: null,
    documents: {},
    sequence: 0,
    outbox: [],
    heldUntil: null,
    askedAt: null,
  };
}

/** Whether a want is a document that is not to be seen on the marketplace. */
export function isHidden(ad: Ad, want: Want | null): boolean {
  return documentOf(ad, want)?.ad.visible === false;
}

export function currentListing(ad: Ad): Listing | undefined {
  return ad.listings.at(-1);
}

/** The document a want names; throws on a dangling hash, which only a bug can make. */
export function documentOf(ad: Ad, want: Want | null): StoredDocument | null {
  if (want === null || want.kind === "no-ad") {
    return null;
  }
  const document = ad.documents[want.hash];
  if (document === undefined) {
    throw new Error(`no document is stored under ${want.hash}`);
  }
  return document;
}
