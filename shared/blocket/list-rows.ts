import { isDeepStrictEqual } from "node:util";
import { type AdReader, failRead, type ReadFailure } from "./ad-reader.ts";
import { type AdRow, parseAdRow } from "./ad-row.ts";
import { type Page, parsePage } from "./page.ts";
import { isJsonObject } from "./parse-json.ts";
import { listPath } from "./paths.ts";

/** More than the ids asked for in one request, as several rows may share one. */
const pageLimit = 100;
const mostPages = 10;

/** The rows of some listings; `unreadable` are listings with a row we can't read, `hasNameless` says one didn't even give its id. */
export type ListedRows = { rows: AdRow[]; unreadable: Set<string>; hasNameless: boolean };

/**
 * Lists the rows of these listings with their logs, page by page by our own offset, up to the count the answer gives. One that
 * tells nothing of an end may hold fewer rows a page than we ask for: it is read until a page brings nothing new.
 */
export async function listRows(reader: AdReader, listingIds: readonly string[]): Promise<ListedRows | ReadFailure> {
  const listed: ListedRows = { rows: [], unreadable: new Set(), hasNameless: false };
  let offset = 0;
  let previous: Page | null = null;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const reading = await reader(listPath(listingIds, { limit: pageLimit, offset }));
    if (reading.kind === "failed") {
      return reading;
    }
    const page = reading.kind === "value" ? parsePage(reading.value) : null;
    if (page === null) {
      return failRead("the list of ads is not readable");
    }
    if (page.items.length === 0 || bringsNothingNew(page, previous)) {
      return listed;
    }
    page.items.forEach((item) => void addRow(listed, item));
    offset += page.items.length;
    if (isLast(page, offset)) {
      return listed;
    }
    previous = page;
  }
  return failRead("the list of ads has no end");
}

function isLast({ count, hasNext }: Page, offset: number): boolean {
  return count === null ? hasNext === false : offset >= count;
}

/** What a server that pays no heed to the offset gives without end; where there is a count, that is a failure. */
function bringsNothingNew({ count, items }: Page, previous: Page | null): boolean {
  return count === null && isDeepStrictEqual(items, previous?.items);
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
