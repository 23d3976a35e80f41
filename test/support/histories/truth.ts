import type { Marketplace } from "#local/simulator/marketplace.ts";
import type { HttpRequest } from "#shared/blocket/http-call.ts";
import type { MadeWrite } from "./history-world.ts";

/** One write that the marketplace took: the request id it gave it, and who in truth had made it. */
export type TakenWrite = {
  requestId: string;
  listingId: string;
  dealerCode: string;
  at: number;
  made: MadeWrite;
  /** Its document is not to be seen: whatever the log says of publishing it, nothing is published. */
  isHidden: boolean;
};

/** Keeps, beside the marketplace, what the bridge can't know: which of its writes each request of a log is. */
export function makeTruth(marketplace: Marketplace, now: () => number) {
  const taken = new Map<string, TakenWrite>();
  return {
    /** To be called just after the marketplace took a write or a charged call with a 2xx. */
    noteTaken(request: HttpRequest, made: MadeWrite): TakenWrite | null {
      const ad = marketplace
        .ads()
        .find(({ sourceId, dealerCode }) => sourceId === made.listingId && dealerCode === made.dealerCode);
      const requestId = ad?.tasks.at(-1)?.requestId;
      if (requestId === undefined) {
        return null;
      }
      const one = {
        requestId,
        listingId: made.listingId,
        dealerCode: made.dealerCode,
        at: now(),
        made,
        isHidden: isHidden(request),
      };
      taken.set(requestId, one);
      return one;
    },
    takenBy: (requestId: string): TakenWrite | undefined => taken.get(requestId),
    all: () => [...taken.values()],
  };
}

export type Truth = ReturnType<typeof makeTruth>;

function isHidden({ body }: HttpRequest): boolean {
  return body !== null && (JSON.parse(body) as { visible?: boolean }).visible === false;
}
