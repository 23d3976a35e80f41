import * as z from "zod/mini";
import { compareLogTimes } from "#shared/ad/log-time.ts";
import type { LogEntry } from "#shared/ad/marketplace.ts";
import { clipText, showValue } from "./clip-text.ts";
import { compareLogEntries } from "./log-order.ts";

const longestMessage = 500;
const longestWord = 200;

const word = z.catch(z.pipe(z.union([z.string(), z.number()]), z.transform(String)), "");
const entrySchema = z.object({
  request_id: word,
  created: word,
  action: word,
  state: word,
  external_message: z.optional(z.unknown()),
});

/**
 * The entries of one log, oldest first, whichever way it was sorted. Unknown actions and states are kept.
 *
 * No entry is left out: one that is no object at all becomes an entry of action and state `unreadable` with its text as
 * the message, and a missing field is the empty word. Neither can pass for a result of ours, and both can be seen.
 */
export function parseLog(items: readonly unknown[]): LogEntry[] {
  const entries = items.map(parseEntry);
  const first = entries.at(0);
  const last = entries.at(-1);
  // Entries that share a time keep their order, so a log that was sent backwards is turned round before it is sorted.
  const isDescending = first !== undefined && last !== undefined && compareLogTimes(first.created, last.created) > 0;
  const ascending = isDescending ? entries.reverse() : entries;
  return (hasTiesReversed(ascending) ? ascending.reverse() : ascending).sort(compareLogEntries);
}

/** Whether entries that share a time come the last one first: where an action of one request shows its end before its begin. */
function hasTiesReversed(entries: readonly LogEntry[]): boolean {
  return entries.some((begin, place) => {
    for (let before = place - 1; before >= 0 && entries[before]?.created === begin.created; before -= 1) {
      if (isEndOf(entries[before], begin)) {
        return true;
      }
    }
    return false;
  });
}

function isEndOf(end: LogEntry | undefined, begin: LogEntry): boolean {
  const isSameAction = end?.requestId === begin.requestId && end.action === begin.action;
  return isSameAction && begin.state === "processing" && end.state !== "processing";
}

/** The union of several readings of one log, oldest first; an entry that several of them hold is in it once. */
export function mergeLogs(logs: readonly (readonly LogEntry[])[]): LogEntry[] {
  const entries = new Map(logs.flat().map((entry) => [identify(entry), entry]));
  return [...entries.values()].sort(compareLogEntries);
}

/** Names an entry by all it says; an entry has no id of its own. */
export function identify(entry: LogEntry): string {
  return JSON.stringify([entry.requestId, entry.created, entry.action, entry.state, entry.message]);
}

function parseEntry(item: unknown): LogEntry {
  const { success, data } = entrySchema.safeParse(item);
  if (!success) {
    const message = showValue(item, longestMessage);
    return { requestId: "", created: "", action: "unreadable", state: "unreadable", message };
  }
  return {
    requestId: clipText(data.request_id, longestWord),
    created: clipText(data.created, longestWord),
    action: clipText(data.action, longestWord),
    state: clipText(data.state, longestWord),
    message: showValue(data.external_message, longestMessage),
  };
}
