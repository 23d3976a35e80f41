import { jsonReply, notFound, type Reply } from "#local/simulator/exchange.ts";
import { currentView, renderRow } from "#local/simulator/row.ts";
import { type Call, findAd } from "./call.ts";
import { pickColumns } from "./page.ts";

/** One ad with the last 100 lines of its log, deleted ones too. */
export function getAd(call: Call): Reply {
  const ad = findAd(call);
  if (ad === null) return notFound();
  const row = renderRow(currentView(ad), call.state.quirks, true);
  return jsonReply(200, pickColumns(row, call.query.get("fields")));
}
