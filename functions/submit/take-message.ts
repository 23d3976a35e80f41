import { acceptRejected, acceptWish } from "#shared/ad/accept.ts";
import type { Ad, AdKey, EventRef } from "#shared/ad/ad.ts";
import type { Context } from "#shared/ad/context.ts";
import { holdsEvent } from "#shared/ad/outbox.ts";
import type { QueueMessage } from "#shared/contracts/queue-message.ts";
import type { AdTable } from "#shared/steps/ports.ts";

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
export function takeMessage(table: Pick<AdTable, "hasReceipt">, message: QueueMessage): Step {
  switch (message.kind) {
    case "inventory-event": {
      const { source, id } = message.event;
      return unlessRepeated(table, { source, id }, (ad, context) => acceptWish(ad, message, context));
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

/** The item is read before the receipt: an event on its way from one to the other is then seen in at least one of them. */
function unlessRepeated(table: Pick<AdTable, "hasReceipt">, event: EventRef, step: Step): Step {
  return async (ad, context) =>
    holdsEvent(ad, event) || (await table.hasReceipt(ad.key, event)) ? ad : step(ad, context);
}
