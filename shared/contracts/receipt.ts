import type { MarketplaceError } from "./ad-event.ts";

/**
 * What became of one inventory event. The first receipt of an event stands.
 *
 * `applied`: its submission settled, however the actions ended (`reason` says how). `superseded`: a newer wish took its
 * place. `suppressed`: the marketplace already has exactly this. `rejected`: invalid. `failed`: refused, stalled, drifted, or in doubt for good.
 */
export const receiptOutcomes = ["applied", "superseded", "suppressed", "rejected", "failed"] as const;
export type ReceiptOutcome = (typeof receiptOutcomes)[number];

/** `reason` is a stable word such as `published`, `refused`, `newer-wish`; `at` is epoch ms. */
export type Receipt = {
  source: string;
  eventId: string;
  outcome: ReceiptOutcome;
  reason: string;
  at: number;
  /** What was wrong, for a person: the API's complaints, the field errors. */
  details?: readonly MarketplaceError[];
  /** What the door had to say of a document that it took; not beside `details`, which are worse. */
  warnings?: readonly MarketplaceError[];
  /** Set where the event asked for a charged call: kept for ever, as a repeat of it must not be charged again, however late. */
  ofCharge?: true;
};
