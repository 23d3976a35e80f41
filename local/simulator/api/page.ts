import { jsonReply, type Reply } from "#local/simulator/exchange.ts";
import type { Call } from "./call.ts";

function readWhole(text: string | null, least: number): number | null {
  const value = text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null;
  return value !== null && value >= least ? value : null;
}

function pageUrl({ request, query }: Call, limit: number, offset: number): string {
  const pageQuery = new URLSearchParams(query);
  pageQuery.set("limit", String(limit));
  if (offset > 0) pageQuery.set("offset", String(offset));
  else pageQuery.delete("offset");
  return `http://${request.headers.host ?? "localhost"}/pro-import-api${request.path}?${pageQuery}`;
}

/** One page of `all`, rendered; a `limit` or `offset` that is no number counts as absent. */
export function pageReply<Item>(call: Call, all: readonly Item[], render: (item: Item) => unknown): Reply {
  const { settings, quirks } = call.state;
  const limit = Math.min(readWhole(call.query.get("limit"), 1) ?? settings.defaultPageSize, settings.maxPageSize);
  const offset = readWhole(call.query.get("offset"), 0) ?? 0;
  const results = all.slice(offset, offset + limit).map(render);
  if (quirks.pageEnvelope === "array") return jsonReply(200, results);
  const next = offset + limit < all.length ? pageUrl(call, limit, offset + limit) : null;
  const previous = offset > 0 ? pageUrl(call, limit, Math.max(0, offset - limit)) : null;
  return jsonReply(200, { count: all.length, next, previous, results });
}

/** The names in a comma separated setting. */
export function readNames(text: string | null): string[] {
  return (text ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

/** Only the columns that `fields` names; all of them when it names none. */
export function pickColumns(row: Record<string, unknown>, fields: string | null): Record<string, unknown> {
  const names = readNames(fields);
  return names.length === 0 ? row : Object.fromEntries(Object.entries(row).filter(([name]) => names.includes(name)));
}
