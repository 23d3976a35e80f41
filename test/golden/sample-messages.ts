import type { InventoryEvent } from "#shared/contracts/inventory-event.ts";
import type { PollMessage, QueueMessage, RejectedEvent } from "#shared/contracts/queue-message.ts";
import { carEvent, removedEvent, upsertedBoat, upsertedCar } from "#test/unit/contracts/inventory-samples.ts";

export const { traceparent } = carEvent;
const at = 1_795_000_000_000;
const arrived = { source: "dms", id: "evt-å😀", receivedAt: at, place: 3 };
const item = { dealerCode: "DEMO", itemId: "å/1" };
const fault = { pointer: "/body", code: "replaced-characters", message: "…" };

const wished = (event: InventoryEvent, listingIds: "uuid" | "item-id" = "uuid"): QueueMessage => ({
  version: 1,
  kind: "inventory-event",
  listingIds,
  event,
});

export const rejectedMessage: RejectedEvent = {
  version: 1,
  kind: "rejected-event",
  source: "dms",
  eventId: "evt-rejected",
  item: null,
  receivedAt: at,
  traceparent,
  errors: [fault],
};

/** One message of every kind and type of event, with all that each may hold. */
export const queueMessages: readonly QueueMessage[] = [
  {
    ...wished({
      ...arrived,
      ...{ time: "2026-11-21T08:30:00+01:00", sequence: "000017", traceparent },
      ...{ type: "inventory.item.upserted", data: upsertedCar as never },
    }),
    ...{ warnings: [fault] },
  },
  wished({ ...arrived, type: "inventory.item.upserted", data: upsertedBoat as never }, "item-id"),
  wished({ ...arrived, type: "inventory.item.removed", data: removedEvent.data as never }),
  wished({ ...arrived, type: "inventory.item.bump-requested", data: item }),
  wished({ ...arrived, type: "inventory.item.pole-position-requested", data: item }),
  rejectedMessage,
  { ...rejectedMessage, item },
  { version: 1, kind: "go-on", ...item },
];

export const pollMessages: readonly PollMessage[] = [
  { version: 1, kind: "round", tokenId: "group", round: 12 },
  { version: 1, kind: "tick" },
  { version: 1, kind: "canary", sentAt: at },
];

/** The JSON of both secrets, with all that each may hold. None of it proves anything to anybody. */
export const secrets = {
  sources: {
    dms: {
      secrets: ["whsec_c2FuZGJveC1zZWNyZXQtZm9yLWxvY2FsLXVzZS1vbmx5"],
      apiKeys: ["api-key-for-tests-only-0123456789abcdef"],
      basicLogins: [{ username: "bilar", password: "only-for-tests-here" }],
      dealers: ["DEMO", "DEMO2"],
      listingIds: "item-id",
      requestsPerSecond: 0.5,
    },
    least: { secrets: ["whsec_bmV3LXNlY3JldC1mb3ItdGVzdHMtb25seS0xMjM0NTY="], dealers: ["SOLO"] },
  },
  tokens: [
    { tokenId: "group", token: "only-for-tests", scope: "dealer_group", dealers: ["DEMO"], expiresOn: "2027-03-31" },
    { tokenId: "solo", token: "only-for-tests", scope: "dealer_code", dealers: ["SOLO"] },
  ],
};
