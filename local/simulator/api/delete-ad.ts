import { notFound, type Reply, refusal } from "#local/simulator/exchange.ts";
import type { QuirkValues } from "#local/simulator/quirks.ts";
import { drawUuid } from "#local/simulator/random.ts";
import { enqueueTask } from "#local/simulator/worker/schedule.ts";
import { type Call, findAd } from "./call.ts";
import { keepEarlierRow } from "./keep-earlier-row.ts";
import { writeReply } from "./write-reply.ts";

function refuseRepeat(repeatedDelete: QuirkValues["repeatedDelete"]): Reply | null {
  switch (repeatedDelete) {
    case "accepted":
      return null;
    case "refused":
      return refusal(["Ad has been deleted, cannot delete"]);
    case "not-found":
      return notFound();
  }
}

/** Accepts a deletion. The row keeps `state: created` until the ad's worker has come to the end of it. */
export function deleteAd(call: Call): Reply {
  const { state, jobFault } = call;
  const ad = findAd(call);
  if (ad === null) return notFound();
  const repeat = ad.isDeleteAccepted ? refuseRepeat(state.quirks.repeatedDelete) : null;
  if (repeat !== null) return repeat;

  keepEarlierRow(state, ad);
  ad.isDeleteAccepted = true;
  const requestId = drawUuid(state);
  enqueueTask(state, ad, { requestId, root: "delete", document: ad.document, hasNewMedia: false, fault: jobFault });
  return writeReply(call, ad, requestId);
}
