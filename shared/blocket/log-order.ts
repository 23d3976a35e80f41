import { compareLogTimes } from "#shared/ad/log-time.ts";
import type { LogEntry } from "#shared/ad/marketplace.ts";

/**
 * Orders two log entries by time, then `processing` before any other state. Entries that neither tells apart compare as 0
 * and keep the order they came in. (The documents' own example has `processing` and `done` in one second.)
 */
export function compareLogEntries(a: LogEntry, b: LogEntry): number {
  return compareLogTimes(a.created, b.created) || rankOf(a) - rankOf(b);
}

function rankOf(entry: LogEntry): number {
  return entry.state === "processing" ? 0 : 1;
}
