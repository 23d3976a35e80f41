import type { AdEventData, AdEventMetadata, AdEventType, MarketplaceError } from "#shared/contracts/ad-event.ts";

/** A sentence for each field, in Markdown. One that is new has to get its own here, or this doesn't compile. */
type Words<T> = { [F in keyof Required<T>]: string };

export const metadataWords: Words<AdEventMetadata> = {
  id: "Names the fact: told again, it has the same one.",
  schemaVersion: "1. It would count additions; what would break a listener is a new detail-type.",
  dealerCode: "The dealer's code at Blocket. null where a rejected event named none.",
  itemId: "The item, as its source calls it. null where a rejected event named none.",
  listingId: "One life of the ad at Blocket (its `source_id`). null where a rejected event had none.",
  sequence: "Counts 1, 2, 3… per ad, without gaps: the order to go by.",
  occurredAt: "When it happened: by Blocket's log, or by our clock where the fact is our own.",
  publishedAt: "When it was first told. Told again it is the same.",
  correlationId: "The id of the inventory event that led to it.",
  causationId: "Blocket's `request_id`, where a line of its log is the reason.",
  traceparent: "The W3C trace that came with that inventory event, if one did, as it came.",
  replay: "Whether it was told again on purpose, long after.",
};

export const complaintWords: Words<MarketplaceError> = {
  code: "Stable, for programs. `truncated` ends a list that was cut to fit.",
  pointer: "JSON pointer into the document, or null.",
  message: "Blocket's own text, for people.",
};

const late = "`true` where a newer fact had been told before: it says what was, not what is.";
const blocketAdId = "The ad's number at Blocket.";
const warnings = "What went wrong beside, such as pictures that could not be fetched.";

type Described<T extends AdEventType> = { when: string; fields: Words<AdEventData<T>> };

/** When each ad event is told, and what its `data` says. */
export const adEventWords: { [T in AdEventType]: Described<T> } = {
  AdPublished: {
    when: "The ad is published as it was sent.",
    fields: { blocketAdId: `${blocketAdId} null if it did not show within 2 minutes.`, warnings, late },
  },
  AdUpdated: {
    when: "A write ended well without a publish: the ad is hidden, or the log shows no publish for it.",
    fields: {
      created: "Whether it is the first one of the listing.",
      visible: "`false`: it was sent hidden, and nobody sees it.",
      warnings,
      late,
    },
  },
  AdErrored: {
    when: "A write was refused or ended in an error.",
    fields: {
      stage:
        "Where: `submission` (refused at once), an action of Blocket's log such as `publish`, `in-doubt` (a charged call of which nothing was heard), `drift` (the ad keeps reading otherwise than it was sent).",
      errors: "Every error there is, with its field.",
      late,
    },
  },
  AdDeleted: {
    when: "The ad is deleted, and reads so.",
    fields: { blocketAdId: `${blocketAdId} null if it never had one.`, late },
  },
  AdUnpublished: {
    when: "The ad is off the marketplace and still exists.",
    fields: { blocketAdId, late },
  },
  AdBumped: { when: "The ad is renewed, which was charged.", fields: { blocketAdId, late } },
  AdPolePositioned: { when: "The ad has pole position, which was charged.", fields: { blocketAdId, late } },
  AdStalled: {
    when: "A write has had no result for 30 minutes. If one comes after all, it is told as usual.",
    fields: {
      call: "`post`, `put`, `delete`, `bump` or `pole_position`.",
      since: "Since when its result has been awaited.",
    },
  },
  InventoryEventRejected: {
    when: "An inventory event was not taken. The ad is as it was.",
    fields: {
      source: "Who sent it.",
      eventId: "Its id.",
      errors: "What is wrong with it; pointers are into the event.",
    },
  },
};
