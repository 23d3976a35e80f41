import {
  isCurrent,
  isHandled,
  missingBefore,
  remember,
  unheard
} from "./heard-ad.js";
import { readDelivery } from "./read-delivery.js";
class AdIsHeldError extends Error {
  name = "AdIsHeldError";
}
const mostTries = 10;
function adEventListener(options) {
  return async (delivery) => {
    const read = readDelivery(delivery);
    const before = await hold(options, read);
    if (before === null) {
      return "repeat";
    }
    try {
      await handle(options, read, before);
    } catch (error) {
      await letGo(options, read, error);
      throw error;
    }
    await change(options, read.ad, (heard) => remember(heard, read.fact));
    return "handled";
  };
}
async function hold(options, { event, ad, fact }) {
  const { replays = "missed", holdMs = 6e4, now = Date.now } = options;
  const isWanted = event.metadata.replay && replays === "all";
  const { found, isChanged } = await change(options, ad, (heard) => {
    if (isHandled(heard, fact) && !isWanted) {
      return heard;
    }
    if (heard.held !== null && heard.held.until > now()) {
      throw new AdIsHeldError(`an event of this ad is being handled: ${heard.held.id}`);
    }
    return { ...heard, held: { id: fact.id, until: now() + holdMs } };
  });
  return isChanged ? found : null;
}
async function handle({ on, onGap }, { event, fact }, before) {
  const missing = missingBefore(before, fact);
  const { dealerCode, itemId } = event.metadata;
  if (missing.length > 0) {
    await onGap?.({ dealerCode, itemId, missing, isFirst: before.newest === 0 });
  }
  const handleIt = Object.hasOwn(on, event.type) ? on[event.type] : void 0;
  await handleIt?.(event, { isCurrent: isCurrent(before, fact) });
}
async function letGo(options, { ad, fact }, because) {
  try {
    await change(options, ad, (heard) => release(heard, fact));
  } catch (error) {
    throw new AggregateError([because, error], "an ad event was not handled, and is held for a while");
  }
}
function release(heard, { id }) {
  return heard.held?.id === id ? { ...heard, held: null } : heard;
}
async function change({ heardAds }, ad, next) {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const found = await heardAds.load(ad) ?? unheard;
    const changed = next(found);
    if (changed === found || await heardAds.save(ad, changed) === "saved") {
      return { found, isChanged: changed !== found };
    }
  }
  throw new AdIsHeldError("others keep changing what is remembered of this ad");
}
export {
  AdIsHeldError,
  adEventListener
};
