import type { AdEvent } from "#shared/contracts/ad-event.ts";
import type { Receipt } from "#shared/contracts/receipt.ts";
import type { Ad } from "./ad.ts";
import type { Context } from "./context.ts";
import { copyAd } from "./copy-ad.ts";
import { nextDueAt } from "./pace.ts";

/** Why an ad can't be forgotten yet: its source wants it shown, or something of it is still to come, at `until`. */
export type Unforgettable = { why: "wanted" } | { why: "unfinished"; until: number };

/** What stands where words were that may have named somebody. */
const erased = "(erased)";

/**
 * Null when nothing needs the ad's contents any more: its source wants no ad, and nothing is to come. What is on the
 * marketplace has to leave it first, and that takes the record.
 */
export function findWhyNotForgotten(ad: Ad, context: Context): Unforgettable | null {
  if (ad.wish?.want.kind === "document") {
    return { why: "wanted" };
  }
  const until = nextDueAt(ad, context);
  return until === null ? null : { why: "unfinished", until };
}

/**
 * The record without what was said of the thing and of people: documents, plates, words. Listing ids, generations, the
 * place in the order of wishes and the sequence stay, or a dead listing id would be used again and an old event believed.
 */
export function forgetContents(ad: Ad): Ad {
  const next = copyAd(ad);
  next.documents = {};
  for (const listing of next.listings) {
    listing.plate = null;
  }
  if (next.settled !== null) {
    next.settled = next.settled.want.kind === "document" ? null : { ...next.settled, warnings: [] };
  }
  return next;
}

/** An ad event without the words in it; its id, sequence and kind stay as they were told. */
export function forgetEventWords(event: AdEvent): AdEvent {
  const data = { ...event.data };
  if ("errors" in data) {
    data.errors = data.errors.map(withoutWords) as typeof data.errors;
  }
  if ("warnings" in data) {
    data.warnings = data.warnings.map(withoutWords);
  }
  return { ...event, data } as AdEvent;
}

/** A receipt without the words in it. */
export function forgetReceiptWords(receipt: Receipt): Receipt {
  const { details, warnings } = receipt;
  return {
    ...receipt,
    ...(details === undefined ? {} : { details: details.map(withoutWords) }),
    ...(warnings === undefined ? {} : { warnings: warnings.map(withoutWords) }),
  };
}

function withoutWords<T extends { message: string }>(complaint: T): T {
  return { ...complaint, message: erased };
}
