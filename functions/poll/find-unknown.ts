import type { Ad } from "#shared/ad/ad.ts";
import type { LogEntry } from "#shared/ad/marketplace.ts";
import { hashEntry } from "#shared/ad/requests.ts";
import type { AdRead } from "./take-reads.ts";

/** Source: typed-endpoints document, "GET /v4/ad/{source_id}/log". */
const actions: readonly string[] = [
  "create",
  "update",
  "delete",
  "publish",
  "unpublish",
  "handle_media",
  "bump",
  "boost",
];
const states: readonly string[] = ["processing", "done", "error"];

/** What looks like the name of an action or a state; anything else has no place in a log line. */
const nameForm = /^[a-z_-]{1,40}$/i;

/**
 * What the reads show in the logs that no document of the API mentions, as `action state`, each entry when it is first
 * remembered. Such an action counts as unfinished until it is `done` or `error`, and is told to nobody.
 */
export function findUnknown(reads: readonly AdRead[], { before, after }: { before: Ad; after: Ad }): string[] {
  const known = entriesOf(before);
  const remembered = entriesOf(after);
  const isNew = (hash: string) => remembered.has(hash) && !known.has(hash);
  return reads
    .flatMap(({ reply }) => (reply.kind === "read" && reply.snapshot.kind === "found" ? reply.snapshot.row.log : []))
    .filter((entry) => isUnknown(entry) && isNew(hashEntry(entry)))
    .map(({ action, state }) => [action, state].map((name) => (nameForm.test(name) ? name : "?")).join(" "));
}

function entriesOf({ listings }: Ad): Set<string> {
  return new Set(listings.flatMap(({ entries }) => entries));
}

function isUnknown({ action, state }: LogEntry): boolean {
  return !(actions.includes(action) && states.includes(state));
}
