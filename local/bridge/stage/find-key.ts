import { loggedId } from "#shared/lambda/logged-id.ts";
import { formatAdName, type ItemKey, parseAdName } from "./ad-name.ts";
import { progressOf } from "./confirm.ts";
import { findListing } from "./find-listing.ts";
import { onStderr } from "./on-stderr.ts";
import type { Stage } from "./open-stage.ts";
import { visitDueAds } from "./visit-due-ads.ts";

const loggedHash = /^sha256:[0-9a-f]{16}$/;

/**
 * The item that an operator means: `DEALER/ITEM`, or a listing id as log lines carry it. Rejects with one sentence when it
 * names none, or several.
 */
export async function findKey(stage: Stage, text: string): Promise<ItemKey> {
  const isDrawn = loggedId(text) === text;
  if (text.includes("/")) {
    return parseAdName(text);
  }
  if (!isDrawn && !loggedHash.test(text)) {
    throw new Error(
      `"${text}" names no ad: write DEALER/ITEM, such as DEMO/car-001, or a listing id as a log line has it`,
    );
  }
  // What was drawn from an item's name is nobody else's; what a source has chosen may be the id of two dealers' items.
  const due = isDrawn ? await findAmongDue(stage, text) : [];
  const isSure = due.length === 1 && due[0]?.itemId !== text;
  const keys = isSure
    ? due
    : await findListing(stage.tableAccess, text, { progress: progressOf("rows looked at", null), ...onStderr });
  const [key] = keys;
  if (key === undefined) {
    throw new Error(`no ad with the listing ${text} is known to ${stage.name}`);
  }
  if (keys.length > 1) {
    throw new Error(`several ads have the listing ${text}, name one: ${keys.map(formatAdName).join(", ")}`);
  }
  return key;
}

/** Whoever comes from a log line at night means an ad of which something is still to come: few, and in an index. */
async function findAmongDue({ ports }: Stage, listingId: string): Promise<ItemKey[]> {
  const found: ItemKey[] = [];
  const hooks = { progress: progressOf("ads looked at", null), ...onStderr };
  await visitDueAds(
    ports,
    async ({ key, listings }) => {
      if ("itemId" in key && listings.some(({ id }) => id === listingId)) {
        found.push(key);
      }
    },
    hooks,
  );
  return found;
}
