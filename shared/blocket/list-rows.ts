import { type AdReader, failRead, type ReadFailure } from "./ad-reader.ts";
import { type AdRow, parseAdRow } from "./ad-row.ts";
import { parsePage } from "./page.ts";
import { isJsonObject } from "./parse-json.ts";
import { listPath } from "./paths.ts";

/** More than the ids asked for in one request, as several rows may share one. */
const pageLimit = 100;
const mostPages = 10;

/** The rows of some listings; `unreadable` are listings with a row we can't read, `hasNameless` says one didn't even give its id. */
export type ListedRows = { rows: AdRow[]; unreadable: Set<string>; hasNameless: boolean };

/** Lists the rows of these listings with their logs, page by page by our own offset, up to the count the answer gives. */
export async function listRows(reader: AdReader, listingIds: readonly string[]): Promise<ListedRows | ReadFailure> {
  const listed: ListedRows = { rows: [], unreadable: new Set(), hasNameless: false };
  let offset = 0;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const reading = await reader(listPath(listingIds, { limit: pageLimit, offset }));
    if (reading.kind === "failed") {
      return reading;
    }
    const page = reading.kind === "value" ? parsePage(reading.value) : null;
    if (page === null) {
      return failRead("the list of ads is not readable");
    }
    page.items.forEach((item) => void addRow(listed, item));
    offset += page.items.length;
    const isEnd = page.count === null ? page.items.length < pageLimit : offset >= page.count;
    if (isEnd || page.items.length === 0) {
      return listed;
    }
  }
  return failRead("the list of ads has no end");
}

function addRow(listed: ListedRows, item: unknown): void {
  const row = parseAdRow(item);
  if (row !== null) {
    listed.rows.push(row);
  } else if (isJsonObject(item) && typeof item.source_id === "string") {
    listed.unreadable.add(item.source_id);
  } else {
    listed.hasNameless = true;
  }
}
