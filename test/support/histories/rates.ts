import type { StormLevel } from "./history.ts";

/** How often, of all calls, each thing happens. What the rates leave of 1 takes its ordinary course. */
export type Rates = {
  /** Of a call to AWS. `lost`: acted, and failed all the same. `stall`: a pause before it. */
  aws: { "crash-before": number; "crash-after": number; throttle: number; lost: number; stall: number };
  /** Of a call to the marketplace, reads included. */
  http: { "not-sent": number; status: number; hang: number; drop: number; garbled: number };
  /** Of a write, beside those: dropped now, taken later. */
  late: number;
  /** Of a write that is taken: what spoils the work it starts, or hides the first line of it in the log. */
  job: { "late-root": number; "late-log": number; stuck: number; "publish-error": number };
  /** Of a message delivered: delivered twice. Of one sent: partly not queued, or (poll) lost on the way. */
  queue: { repeat: number; refuse: number; lose: number };
  /** Of an ad event: not taken by the bus. */
  refusedEvent: number;
  /** The longest lag of the index. */
  indexLagMs: number;
  stallMostMs: number;
};

const calm: Rates = {
  aws: { "crash-before": 0, "crash-after": 0, throttle: 0, lost: 0, stall: 0 },
  http: { "not-sent": 0, status: 0, hang: 0, drop: 0, garbled: 0 },
  late: 0,
  job: { "late-root": 0, "late-log": 0, stuck: 0, "publish-error": 0 },
  queue: { repeat: 0, refuse: 0, lose: 0 },
  refusedEvent: 0,
  indexLagMs: 0,
  stallMostMs: 0,
};

const mild: Rates = {
  aws: { "crash-before": 0.0005, "crash-after": 0.0005, throttle: 0.002, lost: 0.002, stall: 0.004 },
  http: { "not-sent": 0.01, status: 0.02, hang: 0.01, drop: 0.02, garbled: 0.005 },
  late: 0.01,
  job: { "late-root": 0.01, "late-log": 0.03, stuck: 0.02, "publish-error": 0.03 },
  queue: { repeat: 0.02, refuse: 0.01, lose: 0.005 },
  refusedEvent: 0.01,
  indexLagMs: 2_000,
  stallMostMs: 5_000,
};

const storm: Rates = {
  aws: { "crash-before": 0.003, "crash-after": 0.003, throttle: 0.012, lost: 0.012, stall: 0.02 },
  http: { "not-sent": 0.05, status: 0.08, hang: 0.05, drop: 0.1, garbled: 0.03 },
  late: 0.07,
  job: { "late-root": 0.04, "late-log": 0.1, stuck: 0.06, "publish-error": 0.1 },
  queue: { repeat: 0.1, refuse: 0.05, lose: 0.03 },
  refusedEvent: 0.06,
  indexLagMs: 20_000,
  stallMostMs: 40_000,
};

export const ratesOf: Record<StormLevel, Rates> = { none: calm, mild, storm };
