import type { Ad, AdKey, EventRef } from "#shared/ad/ad.ts";
import type { Lane } from "#shared/ad/lane.ts";
import type {
  ChargedCall,
  ReadCall,
  ReadReply,
  Reply,
  ValidateCall,
  ValidateReply,
  WriteCall,
} from "#shared/ad/marketplace.ts";
import type { AdEvent } from "#shared/contracts/ad-event.ts";
import type { VehicleValues } from "#shared/contracts/known-values.ts";
import type { PollMessage, QueueMessage } from "#shared/contracts/queue-message.ts";
import type { Receipt } from "#shared/contracts/receipt.ts";

/*
 * The outside world of the functions, in one place: what the steps wait for. Each has a real adapter (shared/aws,
 * shared/blocket) and an in-memory one (test/support) that pass the same tests. All of them throw `RetryableError` when the
 * other side fails, and may throw it after having acted.
 */

export interface AdTable {
  /**
   * Strongly consistent; null when there is no such ad. `mayBeStale`: as it was a moment ago, at half the price, for who goes
   * by nothing but what can then be saved.
   */
  load(key: AdKey, wish?: { mayBeStale: boolean }): Promise<Ad | null>;
  /**
   * Stores the ad if the stored version is still `ad.version`, as version `ad.version + 1`, under the `due` index at
   * `dueAt` (null: in no index). `conflict` leaves everything as it was. A write whose answer was lost is recognised as ours.
   */
  save(ad: Ad, dueAt: number | null): Promise<"saved" | "conflict">;
  /** Strongly consistent. */
  hasReceipt(key: AdKey, event: EventRef): Promise<boolean>;
  /** Stored once; the first one stands. */
  writeReceipt(key: AdKey, receipt: Receipt): Promise<void>;
  /** One ad event as published, under its sequence; writing it again changes nothing. */
  writeHistory(key: AdKey, event: AdEvent): Promise<void>;
  /** Keys of ads due at or before `now`, earliest first, eventually consistent. `after` goes on where a page ended. */
  findDue(query: { tokenId: string; now: number; after: string | null; limit: number }): Promise<DuePage>;
}
export type DuePage = { keys: AdKey[]; after: string | null };

/** The row that carries one token's polling chain. `emptySince` is set while rounds find nothing due. */
export type Chain = {
  tokenId: string;
  round: number;
  nextAt: number;
  emptySince: number | null;
  /** Whether the last round was empty: the next delivery sends a round of its own. */
  asleep: boolean;
  /** The share of its read budget that the token may use: 1, or less after a 429. */
  pace: number;
  /** About how many ads one read may ask: `listingsPerRead`, or fewer after a read that failed, as it may have failed for one of them. */
  adsPerRead: number;
  /** Where the next round goes on in the index when one could not read it all. */
  after: string | null;
  /** When the present pass over all that is due began, and when the one before it did, if its reads went well; 0: never. */
  passAt: number;
  readsSince: number;
  /** After a read that failed, when the marketplace may be read again. */
  readsPausedUntil: number | null;
};

export interface ChainTable {
  load(tokenId: string): Promise<Chain | null>;
  /** Creates the row if there is none. */
  create(chain: Chain): Promise<"saved" | "conflict">;
  /** Stores the row if the stored round is still `expectedRound`. */
  save(chain: Chain, expectedRound: number): Promise<"saved" | "conflict">;
  /** Removes the row if the stored round is still `expectedRound`. */
  remove(tokenId: string, expectedRound: number): Promise<"saved" | "conflict">;
  /** Chains whose next round was to run at or before `before`, eventually consistent. */
  findLost(before: number): Promise<Chain[]>;
}

export interface LaneTable {
  /** All lanes of a token that are not in order; what was saved a moment ago may be missing. */
  load(tokenId: string): Promise<Lane[]>;
  /** All lanes that are closed, whatever their token, pauses among them; what was saved a moment ago may be missing. */
  findClosed(): Promise<Lane[]>;
  /** Stores the lane if the stored revision is still `lane.revision` (0: there is none), as the next one. */
  save(lane: Lane): Promise<"saved" | "conflict">;
  /** Removes the lane's record if the stored revision is still the lane's. */
  remove(lane: Lane): Promise<"saved" | "conflict">;
}

export interface EventBus {
  /** In order. Returns the events the bus did not take, in order; an empty list means all were taken. */
  publish(events: readonly AdEvent[]): Promise<AdEvent[]>;
}

export interface CanaryBus {
  /** Puts a canary on the bus. That this succeeds says nothing: a bus that isn't there takes everything, too. */
  put(canary: { sentAt: number }): Promise<void>;
}

/** What is known of the canaries. */
export type CanaryRecord = {
  /** When they began to be sent without a longer pause: what was not sent can't be missed. */
  watchedSince: number;
  /** When the latest was sent. */
  sentAt: number;
  /** When the latest of those heard was sent; null before the first. */
  heardSentAt: number | null;
  /** Whether it has been told that they are missing, and not yet that they are back. */
  isMissing: boolean;
  revision: number;
};

export interface CanaryTable {
  /** Strongly consistent; null before the first canary. */
  load(): Promise<CanaryRecord | null>;
  /** Stores the record if the stored revision is still `record.revision` (0: there is none), as the next one. */
  save(record: CanaryRecord): Promise<"saved" | "conflict">;
}

/** How far the refresh of the marketplace's values is: which vehicle type is next, when, and how often it has failed. */
export type ValuesRefresh = { place: number; failures: number; dueAt: number; revision: number };

export interface ValuesTable {
  loadAll(): Promise<VehicleValues[]>;
  save(values: VehicleValues): Promise<void>;
  /** Strongly consistent; null before the first refresh. */
  loadRefresh(): Promise<ValuesRefresh | null>;
  /** Stores the record if the stored revision is still `record.revision` (0: there is none), as the next one. */
  saveRefresh(record: ValuesRefresh): Promise<"saved" | "conflict">;
}

export interface SubmitQueue {
  /** Returns the places of the messages that were not queued; an empty list means all are durable. */
  send(messages: readonly QueueMessage[]): Promise<number[]>;
}

export interface PollQueue {
  send(message: PollMessage, delayMs: number): Promise<void>;
}

export interface Marketplace {
  write(call: WriteCall): Promise<Reply>;
  /** A charged call, made once whatever happens. */
  charge(call: ChargedCall): Promise<Reply>;
  /** Checks a document; nothing is saved. */
  validate(call: ValidateCall): Promise<ValidateReply>;
  /** One listing by its id; the only read that can say `absent`. */
  read(call: ReadCall): Promise<ReadReply>;
  /** Whether the token shows any other ad of the dealer than this listing: then it fits. `false` where nothing can be read. */
  showsOthers(call: ReadCall): Promise<boolean>;
  /** At most `listingsPerRead` listings of one token in one read, in the order asked for. */
  readMany(calls: readonly ReadCall[]): Promise<ReadReply[]>;
}

export interface Tokens {
  /** The token that covers a dealer; null when none does. */
  findForDealer(dealerCode: string): Promise<{ tokenId: string } | null>;
  /** Names the present value of a token, without telling it; `fresh`: after looking whether it has been replaced. */
  versionOf(tokenId: string, wish?: { fresh: boolean }): Promise<string>;
}

/** The only sources of time and chance the steps have. `random` is in [0, 1). */
export interface Circumstances {
  now(): number;
  newId(): string;
  random(): number;
}
