import type { MarketplaceError } from "#shared/contracts/ad-event.ts";
import type { VehicleType } from "#shared/contracts/vehicle-types.ts";

/*
 * The marketplace as the decisions see it: what a write came to, and what a read showed. The client in shared/blocket
 * translates HTTP into these; nothing of HTTP gets further.
 */

/** One line of an action log. `created` is as the API gave it. */
export type LogEntry = {
  requestId: string;
  created: string;
  action: string;
  state: string;
  message: string;
};

/**
 * One ad as the marketplace shows it; `fields` is the whole row, for what of the document it echoes. Several rows of one `source_id` are already reduced to the newest. `log` is in order:
 * by `created`, then `processing` before what ends it, then as the answer had it.
 */
export type Row = {
  listingId: string;
  dealerCode: string | null;
  state: string;
  blocketAdId: string | null;
  plate: string | null;
  vin: string | null;
  fields: Record<string, unknown>;
  log: LogEntry[];
};

/**
 * What a read showed of one listing. `absent` is only said by a single read; a list that doesn't have it says `unlisted`,
 * which proves nothing. Another dealer's row of the same id counts as not ours and is `absent` here, with `taken` set.
 */
export type Snapshot = { kind: "found"; row: Row } | { kind: "absent"; taken: boolean } | { kind: "unlisted" };

/**
 * What one attempt came to. `not-made`: it surely didn't reach the marketplace (or was put off: 429). `in-doubt`: it may
 * have. `exists`: the `source_id` is taken. `unauthorized`: the token is dead; `forbidden`: the token doesn't fit.
 */
export type Reply =
  | { kind: "accepted" }
  | { kind: "not-made"; retryAfterMs: number | null; reason: string; throttled: boolean }
  | { kind: "in-doubt"; reason: string }
  | { kind: "refused"; errors: MarketplaceError[] }
  | { kind: "exists"; errors: MarketplaceError[] }
  | { kind: "not-found" }
  | { kind: "unauthorized" }
  | { kind: "forbidden" };

/** What one read came to. `failed` says nothing about the listing; `cause` says whose fault it is. */
export type ReadReply =
  | { kind: "read"; snapshot: Snapshot }
  | { kind: "failed"; reason: string; retryAfterMs: number | null; cause: ReadFailure };

/** So many listings of one token may be asked about in one read. */
export const listingsPerRead = 50;

/**
 * `unauthorized`: 401. `forbidden`: 403. `throttled`: 429. `outage`: no usable answer. `listing`: an answer of which what it says of
 * this one listing cannot be read; it says nothing of others. `other`: nothing that says the lane is bad.
 */
export type ReadFailure = "unauthorized" | "forbidden" | "throttled" | "outage" | "listing" | "other";

/** What the marketplace says of a document it is only to check. `unavailable`: it can't say (404 or 405). */
export type ValidateReply =
  | { kind: "valid" }
  | { kind: "unavailable" }
  | { kind: "refused"; errors: MarketplaceError[] }
  | { kind: "unauthorized" }
  | { kind: "failed"; reason: string; retryAfterMs: number | null };

/** A document to check without saving anything. */
export type ValidateCall = {
  tokenId: string;
  dealerCode: string;
  vehicleType: VehicleType;
  body: Record<string, unknown>;
};

/** A charged call to make: at most once, whatever becomes of it. */
export type ChargedCall = ReadCall & { call: "bump" | "pole_position"; attemptId: string; callUntil: number };

/** A write to make, complete but for the token. `body` is null for a delete. */
export type WriteCall = {
  call: "post" | "put" | "delete";
  tokenId: string;
  dealerCode: string;
  listingId: string;
  /** Only a delete does without. */
  vehicleType: VehicleType | null;
  body: Record<string, unknown> | null;
  /** Whether the marketplace has shown the listing before: then a 404 means that the token doesn't reach it. */
  listingSeen: boolean;
  attemptId: string;
  /** Epoch ms: the call is not begun after it, and given up at it. */
  callUntil: number;
};

/** A read to make of one listing. `dealerCode` tells our row from another dealer's. */
export type ReadCall = { tokenId: string; dealerCode: string; listingId: string };
