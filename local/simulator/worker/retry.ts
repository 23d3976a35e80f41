import { imageUrls } from "#local/simulator/document.ts";
import type { JobFault } from "#local/simulator/faults.ts";
import { drawUuid } from "#local/simulator/random.ts";
import type { MarketplaceState, StoredAd, Task } from "#local/simulator/state.ts";
import { enqueueTask } from "./schedule.ts";

const writes: readonly string[] = ["create", "update", "delete"];

/** The latest write of an ad, whether its work is still to be done or stands in the log. */
function latestWrite({ tasks, log }: StoredAd): Pick<Task, "requestId" | "root"> | null {
  const waiting = tasks.findLast(({ root }) => writes.includes(root));
  if (waiting !== undefined) return waiting;
  const line = log.findLast(({ action }) => writes.includes(action));
  return line === undefined ? null : { requestId: line.requestId, root: line.action as Task["root"] };
}

/**
 * Has the work of an ad's latest write done once more, with the document as it is now. What the log shows of it, and
 * under which request, says the quirk `retryLog`. Gives that request's id.
 */
export function enqueueRetry(state: MarketplaceState, ad: StoredAd, fault: JobFault | null): string {
  const { retryLog } = state.quirks;
  const latest = latestWrite(ad);
  const requestId = retryLog === "same-request" && latest !== null ? latest.requestId : drawUuid(state);
  const { document } = ad;
  enqueueTask(state, ad, {
    requestId,
    root: latest?.root ?? "create",
    document,
    hasNewMedia: imageUrls(document).length > 0,
    fault,
    ...(retryLog === "nothing" && { isSilent: true }),
  });
  return requestId;
}
