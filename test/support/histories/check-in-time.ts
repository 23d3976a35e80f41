import type { AdEvent } from "#shared/contracts/ad-event.ts";
import { isOfLog } from "./check-heard.ts";
import { dawn, nameOfItem } from "./history.ts";
import type { HistoryWorld } from "./history-world.ts";

/** The slowest pace of reads, and what a few paused rounds take. */
const patienceMs = 20 * 60_000;

/**
 * Checks, once it is quiet, that where nothing crashes each fact of a log was told soon after its line came: of a listing that could
 * not be read, soon after it could be again; of all others as if there were no such listing. In an outage none can be read.
 */
export function checkInTime(world: HistoryWorld): void {
  const { history, bus, strangeRequests, violations } = world;
  if (history.storm !== "none") {
    return;
  }
  for (const event of bus.published().filter(isOfLog)) {
    const { listingId, occurredAt, publishedAt } = event.metadata;
    const since = Math.max(Date.parse(occurredAt), readableFrom(world, event));
    const isLate = Date.parse(publishedAt) - since > patienceMs;
    // After a line that passed for another's its own waits for a watch.
    if (isLate && !strangeRequests.hasPassed(listingId ?? "")) {
      violations.report("what is in the log is told in time", JSON.stringify(event));
    }
  }
}

/** From when on the event's item could be read again, if it ever could not before the event was told. */
function readableFrom({ history }: HistoryWorld, { metadata }: AdEvent): number {
  const { items, outages, spoiltListings = [] } = history;
  const { dealerCode, itemId, publishedAt } = metadata;
  const isOfIt = (place: number) => {
    const item = items[place];
    return item !== undefined && nameOfItem(item) === `${dealerCode}/${itemId}`;
  };
  const unreadable = [
    ...outages.filter(({ from }) => dawn + from < Date.parse(publishedAt)),
    ...spoiltListings.filter(({ item }) => isOfIt(item)),
  ];
  return Math.max(0, ...unreadable.map(({ until }) => dawn + until));
}
