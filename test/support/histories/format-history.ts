import { defaultQuirks, type QuirkName } from "#local/simulator/quirks.ts";
import { documentOf } from "#shared/ad/ad.ts";
import { describeAd } from "./check-save.ts";
import { type History, nameOfItem } from "./history.ts";
import { nameOfKey } from "./invoke.ts";
import { listingIdsOf } from "./listing-ids.ts";
import type { Played } from "./play-history.ts";
import { formatSpan } from "./trace.ts";

/** A played history for a person to read: what was set, what happened, and how wish and marketplace ended side by side. */
export function formatHistory(played: Played): string {
  return [
    ...formatSettings(played.history),
    "",
    ...played.trace,
    "",
    ...played.world.table.ads().flatMap((ad) => formatEnd(played, nameOfKey(ad.key))),
    "",
    ...played.violations.map(({ invariant, message }) => `VIOLATED  ${invariant}: ${message}`),
  ].join("\n");
}

function formatSettings({ seed, storm, items, changes, marketplace, waits, outages, calmAt }: History): string[] {
  const isUsed = (place: number) => changes.some(({ item }) => item === place);
  const odd = Object.entries(marketplace.quirks ?? {}).filter(
    ([name, value]) => defaultQuirks[name as QuirkName] !== value,
  );
  const { quirks: _, ...settings } = marketplace;
  return [
    `Seed ${seed}, ${storm}; calm from ${formatSpan(calmAt)} on`,
    `Quirks: ${odd.map(([name, value]) => `${name} ${value}`).join(", ") || "none"}`,
    `Marketplace: ${JSON.stringify(settings)}; waits: ${JSON.stringify(waits)}`,
    ...outages.map(({ from, until, kind }) => `Outage (${kind}): ${formatSpan(from)} to ${formatSpan(until)}`),
    ...items
      .filter((_, place) => isUsed(place))
      .flatMap((item) => [
        `${nameOfItem(item)} (${item.source})`,
        ...item.documents.map((document, place) => `  document ${place}: ${JSON.stringify(document)}`),
      ]),
  ];
}

function formatEnd({ world }: Played, name: string): string[] {
  const ad = world.table.ads().find(({ key }) => nameOfKey(key) === name);
  if (ad === undefined) {
    return [];
  }
  const listingIds = listingIdsOf(world, name);
  const rows = world.marketplace.ads().filter(({ sourceId }) => listingIds.has(sourceId));
  const wanted = ad.wish === null ? null : documentOf(ad, ad.wish.want);
  const receipts = world.table
    .receipts(ad.key)
    .map(({ eventId, outcome, reason }) => `${eventId} ${outcome} (${reason})`);
  return [
    `${name}: ${describeAd(ad)}`,
    `  wished:      ${ad.wish === null ? "nothing" : (JSON.stringify(wanted?.ad) ?? "no ad")}`,
    ...rows.flatMap(({ sourceId, state, isLive, document, liveDocument }) => [
      `  marketplace: ${sourceId.slice(0, 8)} ${state}${isLive ? " live" : ""} ${JSON.stringify(document)}`,
      ...(isLive && liveDocument !== document ? [`    live with: ${JSON.stringify(liveDocument)}`] : []),
    ]),
    `  receipts:    ${receipts.join(", ")}`,
  ];
}
