import type { HttpOutcome, HttpRequest } from "#shared/blocket/http-call.ts";
import { dawn, nameOfItem, type SpoiltListing } from "./history.ts";
import type { HistoryWorld } from "./history-world.ts";
import { listingIdsOf } from "./listing-ids.ts";

/** What comes of an answer to a read while a listing in it is spoilt. */
export function spoilAnswer(world: HistoryWorld, { method, path }: HttpRequest, outcome: HttpOutcome): HttpOutcome {
  const isAsked = method === "GET" && outcome.kind === "answer" && outcome.body !== "";
  return isAsked ? spoiltNow(world).reduce((answer, one) => spoil(world, { one, path, answer }), outcome) : outcome;
}

function spoiltNow({ history, clock }: HistoryWorld): SpoiltListing[] {
  const now = clock.now - dawn;
  return (history.spoiltListings ?? []).filter(({ from, until }) => from <= now && now < until);
}

function nameOfPlace({ items }: HistoryWorld["history"], place: number): string {
  const item = items[place];
  return item === undefined ? "" : nameOfItem(item);
}

type Spoilt = { one: SpoiltListing; path: string; answer: Extract<HttpOutcome, { kind: "answer" }> };

function spoil(world: HistoryWorld, { one, path, answer }: Spoilt): Extract<HttpOutcome, { kind: "answer" }> {
  const ids = listingIdsOf(world, nameOfPlace(world.history, one.item));
  if (![...ids].some((id) => answer.body.includes(`"${id}"`))) {
    return answer;
  }
  if (one.kind === "failing-list") {
    return path.startsWith("/v4/ad?") ? { ...answer, status: 500, body: '{"detail":"Server error."}' } : answer;
  }
  return { ...answer, body: JSON.stringify(withoutState(JSON.parse(answer.body), ids)) };
}

function withoutState(value: unknown, ids: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) {
    return value.map((one) => withoutState(one, ids));
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  if ("results" in value) {
    return { ...value, results: withoutState(value.results, ids) };
  }
  return "source_id" in value && ids.has(String(value.source_id)) ? { ...value, state: undefined } : value;
}
