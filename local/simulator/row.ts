import { vehicleTypes } from "#shared/contracts/vehicle-types.ts";
import { generateTitle, isVisible } from "./document.ts";
import type { JsonObject } from "./json.ts";
import type { QuirkValues } from "./quirks.ts";
import type { EarlierRow, LogEntry, StoredAd } from "./state.ts";
import { formatTimestamp } from "./timestamp.ts";

/** Older lines are to be had from `/log` alone. */
const longestInlineLog = 100;

/** An ad as one row shows it: as it is, or as it was before a later write. */
export interface AdView {
  ad: StoredAd;
  document: JsonObject;
  state: "created" | "deleted";
  updatedAt: number;
  /** The row knows of no later line. */
  logUntil: number;
}

export function currentView(ad: StoredAd): AdView {
  const { document, state, updatedAt } = ad;
  return { ad, document, state, updatedAt, logUntil: Number.POSITIVE_INFINITY };
}

export function earlierView(ad: StoredAd, { document, state, updatedAt, replacedAt }: EarlierRow): AdView {
  return { ad, document, state, updatedAt, logUntil: replacedAt };
}

export function titleOf({ ad, document }: AdView): string {
  return vehicleTypes[ad.vehicleType].registered ? generateTitle(document) : String(document.title ?? "");
}

export function renderLogEntry(entry: LogEntry, quirks: QuirkValues): Record<string, unknown> {
  return {
    request_id: entry.requestId,
    created: formatTimestamp(entry.at, quirks.logTimestampDigits),
    action: entry.action,
    state: entry.state,
    external_message: entry.message,
  };
}

function renderLog({ ad, logUntil }: AdView, quirks: QuirkValues): Record<string, unknown>[] {
  const entries = ad.log.filter((entry) => entry.at <= logUntil).slice(-longestInlineLog);
  const rendered = entries.map((entry) => renderLogEntry(entry, quirks));
  return quirks.logOrder === "ascending" ? rendered : rendered.reverse();
}

/** The row of an ad as the API answers it. `offer_id` is there for registered vehicles only. */
export function renderRow(view: AdView, quirks: QuirkValues, withLog: boolean): Record<string, unknown> {
  const { ad, document } = view;
  const { categoryId, registered } = vehicleTypes[ad.vehicleType];
  return {
    id: ad.id,
    source_id: ad.sourceId,
    dealer_code: ad.dealerCode,
    category_id: categoryId,
    state: view.state,
    title: titleOf(view),
    body: document.body ?? null,
    visible: isVisible(document),
    price: document.price ?? [],
    image_refs: ad.imageRefs,
    url: document.url ?? null,
    video_url: document.video_url ?? null,
    location: document.location ?? null,
    contact: document.contact ?? null,
    category_fields: document.category_fields ?? {},
    dont_publish_on_failed_images: document.dont_publish_on_failed_images === true,
    product_declaration: document.product_declaration ?? null,
    blocket_ad_id: ad.blocketAdId,
    ...(registered && { offer_id: ad.offerId }),
    api_version: "v4",
    created: formatTimestamp(ad.createdAt, quirks.logTimestampDigits),
    updated: formatTimestamp(view.updatedAt, quirks.logTimestampDigits),
    ...(withLog && { [quirks.logField]: renderLog(view, quirks) }),
  };
}
