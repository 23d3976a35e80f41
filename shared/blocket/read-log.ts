import type { LogEntry } from "#shared/ad/marketplace.ts";
import { type AdReader, failRead, type ReadFailure } from "./ad-reader.ts";
import { identify, mergeLogs, parseLog } from "./log-entries.ts";
import { parsePage } from "./page.ts";
import { logPath } from "./paths.ts";

/** As far back as a log is read: what an ad's record remembers. */
export const mostLogEntries = 300;
const pageLimit = 100;
const pageOverlap = 10;
/** Enough for a server that gives fewer entries than asked for, and an end for one that has none. */
const mostPages = 20;

/**
 * The newest 300 entries of a log, oldest first, read page by page from its newest end.
 *
 * Offsets count from that end, so entries added meanwhile move the rest on, and some are read twice. Pages overlap, and
 * where they don't although they should, entries went missing between them: the read failed, and the next one starts afresh.
 */
export async function readLog(reader: AdReader, listingId: string): Promise<LogEntry[] | ReadFailure> {
  const pages: LogEntry[][] = [];
  const seen = new Set<string>();
  let offset = 0;
  let overlap = 0;
  let fruitless = 0;
  while (pages.length < mostPages && seen.size < mostLogEntries && fruitless < 2) {
    const page = await readPage(reader, listingId, offset);
    if ("kind" in page) {
      return page;
    }
    const ids = page.entries.map(identify);
    const freshIds = ids.filter((id) => !seen.has(id));
    if (overlap > 0 && ids.length > 0 && freshIds.length === ids.length) {
      return failRead("the log moved between two of its pages", "listing");
    }
    pages.push(page.entries);
    freshIds.forEach((id) => void seen.add(id));
    if (ids.length <= overlap || (page.count !== null && offset + ids.length >= page.count)) {
      break;
    }
    // Without a count, a server that pays no heed to the offset shows only by telling nothing new.
    fruitless = freshIds.length === 0 && page.count === null ? fruitless + 1 : 0;
    overlap = Math.min(pageOverlap, Math.floor(ids.length / 2));
    offset += ids.length - overlap;
  }
  return mergeLogs(pages.reverse()).slice(-mostLogEntries);
}

type LogPage = { entries: LogEntry[]; count: number | null };

async function readPage(reader: AdReader, listingId: string, offset: number): Promise<LogPage | ReadFailure> {
  const reading = await reader(logPath(listingId, { limit: pageLimit, offset }));
  if (reading.kind === "failed") {
    return reading;
  }
  const page = reading.kind === "value" ? parsePage(reading.value) : null;
  return page === null
    ? failRead("the ad's log is not readable", "listing")
    : { entries: parseLog(page.items), count: page.count };
}
