import { type Arrival, validateEvent } from "#functions/receive/validate-event.ts";
import { productionMaxPictures } from "#shared/contracts/cut-pictures.ts";
import type { FieldError } from "#shared/contracts/field-error.ts";
import type { Envelope } from "#shared/contracts/inventory-event.ts";

const arrival: Arrival = { source: "examples", dealers: ["DEMO"], listingIds: "uuid", receivedAt: 0, place: 0 };

/** What the door says of an event, knowing none of the marketplace's values and nothing of the dealer but its code. */
export function judge(event: Envelope): { errors: FieldError[]; warnings: FieldError[] } {
  const verdict = validateEvent(event, arrival, { known: new Map(), mostPictures: productionMaxPictures });
  return verdict.kind === "valid"
    ? { errors: [], warnings: verdict.warnings }
    : { errors: verdict.errors, warnings: [] };
}
