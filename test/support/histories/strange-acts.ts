import { dawn, nameOfItem, type StrangeAct } from "./history.ts";
import type { HistoryWorld } from "./history-world.ts";
import { listingIdsOf } from "./listing-ids.ts";

/** Lays down what somebody else does at the marketplace in the course of a history, so that it happens in its time. */
export function planStrangeActs(world: HistoryWorld): void {
  for (const act of world.history.strangeActs ?? []) {
    world.landings.push({ at: dawn + act.at, land: () => perform(world, act) });
  }
}

/** On the newest listing of the item, if there is one; what the marketplace refuses has not happened. */
function perform(world: HistoryWorld, act: StrangeAct): void {
  const { history, marketplace, secret, strangeRequests, trace } = world;
  const item = history.items[act.item];
  const name = item === undefined ? "" : nameOfItem(item);
  const listingIds = listingIdsOf(world, name);
  const find = () => marketplace.ads().findLast(({ sourceId }) => listingIds.has(sourceId));
  const listing = find();
  if (listing === undefined) {
    return;
  }
  const { sourceId, dealerCode, vehicleType, document } = listing;
  const outcome = marketplace.handle({
    method: act.kind === "put" ? "PUT" : "DELETE",
    path: `/v4/${act.kind === "put" ? vehicleType : "ad"}/${sourceId}`,
    query: "",
    headers: { "x-auth-token": secret.valueFor(dealerCode), "content-type": "application/json" },
    body: act.kind === "put" ? JSON.stringify({ ...document, ...act.fields }) : "",
  });
  const requestId = find()?.lastRequestId;
  if (outcome.kind !== "respond" || outcome.status >= 300 || requestId == null) {
    trace.note("somebody", `cannot ${act.kind} ${name}: ${JSON.stringify(outcome)}`);
    return;
  }
  const root = act.kind === "put" ? "update" : "delete";
  strangeRequests.note({ requestId, item: name, listingId: sourceId, root, shownBefore: null, passed: false });
  trace.note("somebody", `makes a ${act.kind} of ${name} as ${requestId.slice(0, 8)}: ${JSON.stringify(act)}`);
}
