import type { SettingsPatch } from "#local/simulator/settings.ts";
import type { ListingDocument } from "#shared/contracts/listing-document.ts";
import type { VehicleType } from "#shared/contracts/vehicle-types.ts";
import type { Waits } from "#shared/contracts/waits.ts";

/** How much goes wrong: nothing but what is ordinary, now and then something, or nearly everything. */
export const stormLevels = ["none", "mild", "storm"] as const;
export type StormLevel = (typeof stormLevels)[number];

/** One thing for sale, and the few documents that are ever sent for it. */
export type Item = {
  source: "dms" | "legacy";
  dealerCode: string;
  itemId: string;
  documents: { vehicleType: VehicleType; ad: ListingDocument }[];
  /** What an earlier integration has written under its id, one after the other, by places in the documents. */
  formerLife?: number[];
};

/** What is asked for; `document` is a place in the item's documents. */
export type Asked =
  | { kind: "upsert"; document: number }
  | { kind: "removal" }
  | { kind: "invalid" }
  | { kind: "bump" }
  | { kind: "pole-position" };

/**
 * One inventory event as its source sends it. `at`, and `time` (null: the event has none), are ms after the beginning;
 * changes of one source at one instant travel in one batch.
 */
export type Change = {
  at: number;
  item: number;
  id: string;
  time: number | null;
  sequence: string | null;
  asked: Asked;
};

/**
 * A time in which the marketplace answers nothing as it should, in ms after the beginning: it says that it is away, is not reached,
 * or says nothing; that after doing nothing (`hang`) or all that it was asked (`unanswered`). `forbidden` forbids everything that is
 * asked for one dealer.
 */
export type Outage = { from: number; until: number } & (
  | { kind: "status" | "not-sent" | "hang" | "unanswered" }
  | { kind: "forbidden"; dealerCode: string }
);

/**
 * What happens to the token of a dealer, in ms after the beginning: the marketplace no longer knows it, or knows it again; the
 * secret gets another value for it, or another name.
 */
export type TokenChange = { at: number; dealerCode: string; kind: "revoked" | "restored" | "replaced" | "renamed" };

/**
 * What somebody else does to the newest listing of an item, past the bridge, in ms after the beginning: a PUT of what the row holds
 * with other fields in it, or a DELETE.
 */
export type StrangeAct = { at: number; item: number } & (
  | { kind: "put"; fields: Record<string, unknown> }
  | { kind: "delete" }
);

/**
 * A time in which the listings of an item cannot be read, in ms after the beginning: their rows come without a state, or every
 * list that has one of them in it fails.
 */
export type SpoiltListing = { kind: "unreadable-row" | "failing-list"; item: number; from: number; until: number };

/** Everything that is settled before a history begins. All times are virtual. */
export type History = {
  seed: number;
  storm: StormLevel;
  marketplace: SettingsPatch;
  waits: Partial<Waits>;
  items: Item[];
  changes: Change[];
  outages: Outage[];
  tokenChanges?: TokenChange[];
  strangeActs?: StrangeAct[];
  spoiltListings?: SpoiltListing[];
  /** From then on, in ms after the beginning, nothing goes wrong any more. */
  calmAt: number;
};

/** 2026-01-05 08:00 UTC; any time would do. */
export const dawn = Date.UTC(2026, 0, 5, 8);

/** How an item is called in checks and prints. */
export function nameOfItem({ dealerCode, itemId }: { dealerCode: string; itemId: string }): string {
  return `${dealerCode}/${itemId}`;
}
