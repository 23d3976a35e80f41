import { adEventListener } from "./ad-event-listener.js";
import { readDelivery } from "./read-delivery.js";
function lambdaListener(options) {
  const hear = adEventListener(options);
  const { onFailure = (error, messageId) => console.error("an ad event was not handled", messageId, error) } = options;
  return async (event) => {
    if (!("Records" in event)) {
      await hear(event);
      return void 0;
    }
    const { readable, failed } = sortOut(event, onFailure);
    const ads = Map.groupBy(readable, ({ ad }) => ad);
    const left = await Promise.all([...ads.values()].map((queued) => hearInOrder(queued, hear, onFailure)));
    return { batchItemFailures: [...failed, ...left.flat()].map((itemIdentifier) => ({ itemIdentifier })) };
  };
}
function sortOut({ Records }, onFailure) {
  const [readable, failed] = [[], []];
  for (const { messageId, body } of Records) {
    try {
      const delivery = JSON.parse(body);
      const { ad, fact } = readDelivery(delivery);
      readable.push({ messageId, delivery, ad, sequence: fact.sequence });
    } catch (error) {
      onFailure(error, messageId);
      failed.push(messageId);
    }
  }
  return { readable, failed };
}
async function hearInOrder(queued, hear, onFailure) {
  const inOrder = queued.toSorted((a, b) => a.sequence - b.sequence);
  for (const [place, { messageId, delivery }] of inOrder.entries()) {
    try {
      await hear(delivery);
    } catch (error) {
      onFailure(error, messageId);
      return inOrder.slice(place).map((later) => later.messageId);
    }
  }
  return [];
}
export {
  lambdaListener
};
