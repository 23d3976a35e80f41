import type { SQSEvent } from "aws-lambda";
import type { HttpRequest } from "#shared/blocket/http-call.ts";
import { log, type NaivePorts } from "./naive-ports.ts";
import { loadState, type NaiveState, saveState } from "./state.ts";

type Wish = { type: string; data: { dealerCode: string; itemId: string; vehicleType?: string; ad?: object } };

const categories: Record<string, number> = { car: 1020 };

/** One message, one write at the marketplace. */
export async function submit(ports: NaivePorts, event: SQSEvent): Promise<void> {
  log(ports, "message received", { event });
  const wish = JSON.parse(event.Records[0]?.body ?? "") as Wish;
  const { dealerCode, itemId } = wish.data;
  const known = await loadState(ports, `${dealerCode}#${itemId}`);
  const isAlive = known !== null && known.status !== "deleted";
  const listingId = isAlive ? known.listingId : ports.newId();
  const request = requestOf(ports, wish, { listingId, isAlive });
  log(ports, "request to the marketplace", { method: request.method, path: request.path, body: request.body });
  const outcome = await ports.httpCall(request);
  log(ports, "answer of the marketplace", { outcome });
  if (outcome.kind !== "answer" || outcome.status >= 300) {
    throw new Error(`the marketplace did not take it: ${JSON.stringify(outcome)}`);
  }
  const now = ports.now();
  const document = JSON.stringify(wish.data.ad ?? {});
  const state: NaiveState = {
    dealerCode,
    itemId,
    listingId,
    status: "submitted",
    document,
    submittedAt: now,
    updatedAt: now,
  };
  await saveState(ports, state, "AdSubmitted");
}

type Target = { listingId: string; isAlive: boolean };

function requestOf(ports: NaivePorts, { type, data }: Wish, { listingId, isAlive }: Target): HttpRequest {
  const headers = { "content-type": "application/json", "x-auth-token": ports.tokenOf(data.dealerCode) };
  const deadline = ports.now() + 10_000;
  if (type === "inventory.item.removed") {
    return { method: "DELETE", path: `/v4/ad/${listingId}`, headers, body: null, deadline };
  }
  if (isAlive) {
    const path = `/v4/${data.vehicleType}/${listingId}`;
    return { method: "PUT", path, headers, body: JSON.stringify(data.ad), deadline };
  }
  const category_id = categories[data.vehicleType ?? ""];
  const body = { source_id: listingId, dealer_code: data.dealerCode, category_id, ...data.ad };
  return { method: "POST", path: `/v4/${data.vehicleType}`, headers, body: JSON.stringify(body), deadline };
}
