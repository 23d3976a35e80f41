import type { AdRecord } from "#local/sandbox/read-ad-record.ts";
import type { AdTruth } from "#local/simulator/marketplace.ts";
import { listingIdOf } from "#shared/ad/listing-id.ts";
import { checkLines, checkReceipts, checkTold } from "#test/e2e/check-told.ts";
import { type Delivery, readAd, readAdEvents } from "#test/e2e/sandbox-views.ts";
import type { Violation } from "#test/support/histories/violation.ts";
import { checkWish } from "./check-wish.ts";
import type { Change, Item } from "./draw-changes.ts";
import { readTruth, type Truth } from "./read-truth.ts";

export type Subject = { item: Item; changes: readonly Change[]; record: AdRecord | null };
export type Found = Violation & { item: Item | null; record: AdRecord | null };
export type Findings = { violations: Found[]; deliveries: readonly Delivery[]; facts: number; open: string[] };

export type Asked = { items: readonly Item[]; changes: readonly Change[]; directory: string; bridgeUrl: string };

/** All that is to be seen now, and what of it is wrong; `open` says what isn't done yet. */
export async function findViolations({ items, changes, directory, bridgeUrl }: Asked): Promise<Findings> {
  const subjects = await Promise.all(
    items.map(async (item) => ({
      item,
      changes: changes.filter(({ data }) => data.itemId === item.itemId),
      record: await readAd(bridgeUrl, item),
    })),
  );
  const deliveries = await readAdEvents(bridgeUrl);
  const truth = await readTruth(directory);
  const violations = subjects.flatMap((subject) =>
    checkSubject(subject, deliveries, truth).map((violation) => ({ ...violation, ...subject })),
  );
  const open = [...subjects.flatMap(openWork), ...(truth.isBusy ? ["the marketplace works"] : [])];
  const facts = new Set(deliveries.map(({ detail }) => detail.metadata.id)).size;
  return { violations: [...violations, ...checkStrays(subjects, truth)], deliveries, facts, open };
}

function checkSubject({ item, changes, record }: Subject, deliveries: readonly Delivery[], truth: Truth): Violation[] {
  const newest = changes.at(-1);
  if (record === null || newest === undefined) {
    const isWrong = (record === null) !== (newest === undefined);
    return isWrong ? [{ invariant: "nothing is lost", message: `${changes.length} changes, and no record` }] : [];
  }
  const own = deliveries.filter(({ detail }) => detail.metadata.itemId === item.itemId);
  const listings = truth.ads.filter(({ sourceId }) => listingIdsOf(item, record).includes(sourceId));
  const logOf = (listingId: string) => listings.find(({ sourceId }) => sourceId === listingId)?.log ?? [];
  return [
    ...checkReceipts(
      record,
      changes.map(({ id }) => id),
    ),
    ...checkTold({ record, deliveries: own }),
    ...checkLines(record.events, logOf),
    ...checkWish(record, listings, newest.id),
  ];
}

/** Every ad at the marketplace is a listing of one of our items, and every delivery is of one. */
function checkStrays(subjects: readonly Subject[], { ads }: Truth): Found[] {
  const ours = new Set(subjects.flatMap(({ item, record }) => (record === null ? [] : listingIdsOf(item, record))));
  const strays = ads.filter(({ sourceId }) => !ours.has(sourceId)).map(({ sourceId }: AdTruth) => sourceId);
  return strays.map((id) => ({
    invariant: "a listing id is one ad's",
    message: `${id} is nobody's`,
    item: null,
    record: null,
  }));
}

function listingIdsOf(item: Item, { ad }: AdRecord): string[] {
  const last = ad.listings.at(-1)?.generation ?? 0;
  return Array.from({ length: last }, (_, place) => listingIdOf(item, place + 1));
}

function openWork({ item, record }: Subject): string[] {
  if (record === null) {
    return [];
  }
  const { ad } = record;
  const left = [
    ...ad.submissions.map(({ number, call, phase }) => `#${number} ${call} ${phase.kind}`),
    ...(ad.wish === null || ad.wish.state === "ended" ? [] : [`a wish that is ${ad.wish.state}`]),
    ...(ad.outbox.length > 0 ? ["an outbox"] : []),
  ];
  return left.length > 0 ? [`${item.dealerCode}/${item.itemId}: ${left.join(", ")}`] : [];
}
