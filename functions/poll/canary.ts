import type { CanaryRecord } from "#shared/steps/ports.ts";

export type CanaryContext = { now: number; canaryMs: number };

/**
 * Notes, before it is sent, that a canary goes out. `silentMs`: for how long none has come back, once that is too long, else
 * null. Whoever has not sent any for as long begins to wait anew: silence after a pause of our own is no fault of the bus.
 */
export function noteSending(
  record: CanaryRecord | null,
  { now, canaryMs }: CanaryContext,
): { record: CanaryRecord; silentMs: number | null } {
  const known = record ?? { watchedSince: now, sentAt: now, heardSentAt: null, isMissing: false, revision: 0 };
  const watchedSince = now - known.sentAt > canaryMs ? now : known.watchedSince;
  const silentMs = now - Math.max(watchedSince, known.heardSentAt ?? watchedSince);
  const isSilent = silentMs > canaryMs;
  return {
    record: {
      ...known,
      watchedSince,
      sentAt: Math.max(known.sentAt, now),
      isMissing: known.isMissing || isSilent,
    },
    silentMs: isSilent ? silentMs : null,
  };
}

/**
 * Notes a canary that came back. `isBack`: they had been missed, and this one is fresh. One that comes twice, or behind a
 * later one, changes nothing; one from the future (anybody on the bus can send it) counts as sent now, or it would hide
 * all silence until then.
 */
export function noteHeard(
  record: CanaryRecord,
  sentAt: number,
  { now, canaryMs }: CanaryContext,
): { record: CanaryRecord; isBack: boolean } {
  const heardSentAt = Math.max(record.heardSentAt ?? 0, Math.min(sentAt, now));
  const isBack = record.isMissing && now - heardSentAt <= canaryMs;
  return { record: { ...record, heardSentAt, isMissing: record.isMissing && !isBack }, isBack };
}
