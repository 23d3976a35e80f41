import { acceptRejected, acceptWish } from "#shared/ad/accept.ts";
import type { Ad, AdKey, EventRef } from "#shared/ad/ad.ts";
import type { Context } from "#shared/ad/context.ts";
import { holdsEvent } from "#shared/ad/outbox.ts";
import type { InventoryEvent } from "#shared/contracts/inventory-event.ts";
import type { QueueMessage } from "#shared/contracts/queue-message.ts";
import type { AdTable } from "#shared/steps/ports.ts";

/** `forceHidden`: every document becomes a hidden one; see the environment variable of this name. */
export type TakePorts = { table: Pick<AdTable, "hasReceipt">; forceHidden: boolean };

/** A change to an ad that may have to look something up first. */
export type Step = (ad: Ad, context: Context) => Ad | Promise<Ad>;

/** The ad a message is about. */
export function keyOf(message: QueueMessage): AdKey {
  switch (message.kind) {
    case "inventory-event":
      return { dealerCode: message.event.data.dealerCode, itemId: message.event.data.itemId };
    case "rejected-event":
      return message.item ?? { source: message.source };
    case "go-on":
      return { dealerCode: message.dealerCode, itemId: message.itemId };
    default:
      throw new Error(`unknown message ${JSON.stringify(message satisfies never)}`);
  }
}

/** What a message changes in its ad. A repeat of an inventory event changes nothing, and so just goes on with the ad. */
export function takeMessage({ table, forceHidden }: TakePorts, message: QueueMessage): Step {
  switch (message.kind) {
    case "inventory-event": {
      const { source, id } = message.event;
      const wanted = forceHidden ? { ...message, event: hideDocument(message.event) } : message;
      return unlessRepeated(table, { source, id }, (ad, context) => acceptWish(ad, wanted, context));
    }
    case "rejected-event":
      return unlessRepeated(table, { source: message.source, id: message.eventId }, (ad, context) =>
        acceptRejected(ad, message, context),
      );
    case "go-on":
      return (ad) => ad;
    default:
      throw new Error(`unknown message ${JSON.stringify(message satisfies never)}`);
  }
}

/**
 * The same wish for an ad that nobody sees. It is changed before it is stored, so that all that looks at the document later
 * (what is sent, what is compared, what counts as a repeat, when a write has settled) sees one and the same.
 */
function hideDocument(event: InventoryEvent): InventoryEvent {
  return event.type === "inventory.item.upserted"
    ? { ...event, data: { ...event.data, ad: { ...event.data.ad, visible: false } } as typeof event.data }
    : event;
}

/** The item is read before the receipt: an event on its way from one to the other is then seen in at least one of them. */
function unlessRepeated(table: Pick<AdTable, "hasReceipt">, event: EventRef, step: Step): Step {
  return async (ad, context) =>
    holdsEvent(ad, event) || (await table.hasReceipt(ad.key, event)) ? ad : step(ad, context);
}
