import * as z from "zod/mini";

const ms = (standard: number) => z._default(z.number().check(z.positive()), standard);
const second = 1_000;
const minute = 60 * second;

/**
 * Every wait of the bridge in milliseconds, with what production uses. The sandbox runs them twenty times faster.
 * They measure our own clock only; the marketplace's log times are compared with each other, never with ours.
 */
export const waitsSchema = z.object({
  /** One HTTP call to the marketplace, and so the lease of an attempt. */
  callMs: ms(10 * second),
  /** After a lease has run out, before its attempt counts as in doubt. */
  doubtGraceMs: ms(10 * second),
  /** Between the two reads that must find no trace of an attempt before it is repeated. */
  doubtReadGapMs: ms(10 * second),
  /** The log must read the same for this long before silence counts as an end. */
  unchangedMs: ms(2 * minute),
  /** How long `publish done` waits for `blocket_ad_id` and the pictures before it is told without. */
  publishDetailsMs: ms(2 * minute),
  /** How long a removal waits for an open write before it is sent beside it. */
  removalMs: ms(minute),
  /** After the first sign of acceptance, before a submission without a result is told as stalled. */
  overdueMs: ms(30 * minute),
  /** Between the first reads of an ad; they come ever less often until its submission is this old, then at each `readSlowMs`. */
  readGapMs: ms(3 * second),
  readEveryRoundMs: ms(10 * minute),
  readSlowMs: ms(minute),
  /** The pace of reading an overdue submission. */
  readOverdueMs: ms(15 * minute),
  /** A watched listing is read after this long, and after 6, 36 and 144 times as long: 10 minutes, 1, 6 and 24 hours. */
  watchMs: ms(10 * minute),
  /** After a charged call's lease, before a read that shows no trace of it says so; and the age at which a request for one is void. */
  chargeDoubtMs: ms(30 * minute),
  chargeAgeMs: ms(24 * 60 * minute),
  /** How long a lane stays closed before one ad's step may try it, and the failures in a row that close it. */
  laneClosedMs: ms(5 * minute),
  /** First and longest pause before an attempt that was not made is repeated. */
  retryFirstMs: ms(5 * second),
  retryMostMs: ms(5 * minute),
  /** How long `poll` trusts `submit` to act on a "go on" before it asks again. */
  goOnMs: ms(minute),
  /** Between two rounds of a polling chain. */
  roundMs: ms(5 * second),
  /** How long a chain has nothing to come before its row goes. */
  chainForgetMs: ms(5 * minute),
  /** A chain whose next round is this much past is taken up by the schedule. */
  chainLostMs: ms(minute),
  /** Without a canary heard from the event bus, before that is called missing. Spans several ticks of the schedule. */
  canaryMs: ms(5 * minute),
  /** How old the marketplace's own values may be before they are asked for again, and when one vehicle type is tried again. */
  valuesMs: ms(6 * 60 * minute),
  valuesRetryMs: ms(10 * minute),
});
export type Waits = z.infer<typeof waitsSchema>;

export const productionWaits: Waits = waitsSchema.parse({});
