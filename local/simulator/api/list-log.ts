import { notFound, type Reply, refusal } from "#local/simulator/exchange.ts";
import { orderLog, renderLogEntry } from "#local/simulator/row.ts";
import { checkValue } from "#local/simulator/schema/check-schema.ts";
import { logFilterSchemas } from "#local/simulator/schema/query-parameters.ts";
import type { LogEntry } from "#local/simulator/state.ts";
import { type Call, findAd } from "./call.ts";
import { pageReply } from "./page.ts";

function refuseChoices(query: URLSearchParams): Record<string, string[]> {
  const errors: Record<string, string[]> = {};
  for (const [name, schema] of Object.entries(logFilterSchemas)) {
    const error = checkValue(schema, query.get(name) ?? "");
    if (query.get(name) && error !== null) errors[name] = [error];
  }
  return errors;
}

function isDescending({ state, query }: Call): boolean {
  const ordering = query.get("ordering");
  if (ordering === "-created") return true;
  return ordering === "created" ? false : state.quirks.logOrder === "descending";
}

/** The whole log of an ad, page by page. */
export function listLog(call: Call): Reply {
  const { state, query } = call;
  const ad = findAd(call);
  if (ad === null) return notFound();
  const errors = refuseChoices(query);
  if (Object.keys(errors).length > 0) return refusal(errors);
  const fits = (value: string, name: string) => !query.get(name) || query.get(name) === value;
  const keeps = (entry: LogEntry) =>
    fits(entry.action, "action") && fits(entry.state, "state") && fits(entry.requestId, "request_id");
  const entries = orderLog(ad.log.filter(keeps), state.quirks);
  if (isDescending(call)) entries.reverse();
  return pageReply(call, entries, (entry) => renderLogEntry(entry, state.quirks));
}
