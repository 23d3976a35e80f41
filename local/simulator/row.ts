import { hash } from "node:crypto";
import { vehicleTypes } from "#shared/contracts/vehicle-types.ts";
import { generateTitle, isVisible } from "./document.ts";
import type { JsonObject } from "./json.ts";
import { renderMessage } from "./message.ts";
import type { QuirkValues } from "./quirks.ts";
import type { EarlierRow, ImageRef, LogEntry, StoredAd } from "./state.ts";
import { formatTimestamp } from "./timestamp.ts";
import { categoryIdOf } from "./v3-categories.ts";

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
  if (ad.v3CategoryId !== undefined && typeof document.title === "string") return document.title;
  return vehicleTypes[ad.vehicleType].registered ? generateTitle(document) : String(document.title ?? "");
}

function show(ms: number, { logTimestampDigits, timestampZone }: QuirkValues): string {
  return formatTimestamp(ms, logTimestampDigits, timestampZone);
}

/** Entries in the order of the API's `created`, oldest first; what their order is where that is equal, a quirk says. */
export function orderLog(entries: readonly LogEntry[], quirks: QuirkValues): LogEntry[] {
  if (quirks.logTies === "as-written") return [...entries];
  const shownMs = quirks.logTimestampDigits === 0 ? 1000 : 1;
  return entries.toReversed().sort((a, b) => Math.floor(a.at / shownMs) - Math.floor(b.at / shownMs));
}

export function renderLogEntry(entry: LogEntry, quirks: QuirkValues): Record<string, unknown> {
  return {
    request_id: entry.requestId,
    created: show(entry.at, quirks),
    action: entry.action,
    state: entry.state,
    external_message: renderMessage(entry, quirks.messageForm),
  };
}

function renderLog({ ad, logUntil }: AdView, quirks: QuirkValues): Record<string, unknown>[] {
  const known = logUntil === Number.POSITIVE_INFINITY ? ad.log : ad.log.filter((entry) => entry.at <= logUntil);
  const entries = orderLog(known, quirks).slice(-longestInlineLog);
  const rendered = entries.map((entry) => renderLogEntry(entry, quirks));
  return quirks.logOrder === "ascending" ? rendered : rendered.reverse();
}

function renderImageRef({ url, id }: ImageRef): Record<string, string> {
  const checksum = hash("md5", url);
  return { url, cdn_url: `https://images.blocketcdn.example/${checksum}.jpg`, id, checksum };
}

/** The store of the dealer, known of an ad once it was published. */
export function storeIdOf({ blocketAdId, dealerCode }: StoredAd): string | null {
  return blocketAdId === null ? null : String(Number.parseInt(hash("md5", dealerCode).slice(0, 6), 16));
}

/** The seller of a registered vehicle of V4 is its store. */
function isSellerShown({ vehicleType, v3CategoryId }: StoredAd): boolean {
  return v3CategoryId !== undefined || !vehicleTypes[vehicleType].registered;
}

/** The row of an ad as the API answers it. `offer_id` is there for registered vehicles only. */
export function renderRow(view: AdView, quirks: QuirkValues, withLog: boolean): Record<string, unknown> {
  const { ad, document } = view;
  const { registered } = vehicleTypes[ad.vehicleType];
  const categoryId = categoryIdOf(ad);
  return {
    id: ad.id,
    source_id: ad.sourceId,
    dealer_code: ad.dealerCode,
    category_id: quirks.categoryIdForm === "number" ? categoryId : String(categoryId),
    state: view.state,
    title: titleOf(view),
    body: document.body ?? null,
    visible: isVisible(document),
    price: document.price ?? [],
    image_refs: ad.imageRefs.map(renderImageRef),
    url: document.url ?? null,
    video_url: document.video_url ?? null,
    location: document.location ?? null,
    contact: isSellerShown(ad) ? (document.contact ?? null) : null,
    category_fields: document.category_fields ?? {},
    dont_publish_on_failed_images: document.dont_publish_on_failed_images === true,
    product_declaration: document.product_declaration ?? null,
    blocket_ad_id: ad.blocketAdId,
    ...(quirks.storeId === "present" && { blocket_store_id: storeIdOf(ad) }),
    ...(registered && { offer_id: ad.offerId }),
    api_version: ad.v3CategoryId === undefined ? "v4" : "v3",
    created: show(ad.createdAt, quirks),
    updated: show(view.updatedAt, quirks),
    ...(withLog && { [quirks.logField]: renderLog(view, quirks) }),
  };
}
