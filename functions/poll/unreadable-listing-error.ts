import type { ReadCall } from "#shared/ad/marketplace.ts";
import { loggedId } from "#shared/lambda/logged-id.ts";

/**
 * What the marketplace answers of one listing is of no form that we know. The message goes to logs, and a listing's id may be a
 * plate: it is named as log lines name what a source has chosen.
 */
export class UnreadableListingError extends Error {
  override readonly name = "UnreadableListingError";

  constructor({ dealerCode, listingId }: ReadCall, reason: string) {
    super(`the listing ${dealerCode}/${loggedId(listingId)} cannot be read at the marketplace: ${reason}`);
  }
}
