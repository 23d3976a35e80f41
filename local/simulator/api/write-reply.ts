import { jsonReply, type Reply } from "#local/simulator/exchange.ts";
import { currentView, renderRow } from "#local/simulator/row.ts";
import type { StoredAd } from "#local/simulator/state.ts";
import type { Call } from "./call.ts";

/** The answer to an accepted write, in the shape that the quirk `writeReply` chooses. */
export function writeReply({ state }: Call, ad: StoredAd, requestId: string, status = 200): Reply {
  const { quirks } = state;
  switch (quirks.writeReply) {
    case "empty":
      return { status, headers: {}, body: "" };
    case "row":
      return jsonReply(status, renderRow(currentView(ad), quirks, false));
    case "row-with-log":
      return jsonReply(status, renderRow(currentView(ad), quirks, true));
    case "row-with-request-id":
      return jsonReply(status, { ...renderRow(currentView(ad), quirks, false), request_id: requestId });
  }
}
