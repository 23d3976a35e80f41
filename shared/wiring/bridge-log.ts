import type { OutboxRow } from "#shared/ad/ad.ts";
import type { AdEvent, AdEventType } from "#shared/contracts/ad-event.ts";
import type { Measures, MetricName } from "#shared/contracts/metrics.ts";
import type { EventLogger } from "#shared/lambda/logger.ts";
import type { ToldLog } from "#shared/steps/empty-outbox.ts";
import type { LaneLog } from "#shared/steps/pass-lane.ts";

/** The lines that `submit` and `poll` have in common. */
export function bridgeLog(logger: EventLogger) {
  return {
    logLane: (line: LaneLog) => logger.event("lane.changed", line),
    logTold: (line: ToldLog) => {
      const { dealerCode, listingId, traceparent } = eventsIn(line.told).at(-1)?.metadata ?? {};
      const named = { dealerCode: dealerCode ?? null, listingId: listingId ?? null, count: line.told.length };
      const fields = { ...named, ...(traceparent !== undefined && { traceparent }) };
      logger.event("ad.told", fields, measureTold(line));
    },
  };
}

const counted: { [T in AdEventType]?: MetricName } = {
  AdPublished: "Published",
  AdUpdated: "Updated",
  AdDeleted: "Deleted",
  AdErrored: "Errored",
  AdStalled: "Stalled",
};

/** What was told counts for; a fact has a lag where the marketplace's own log said when it happened. */
export function measureTold({ told, untaken }: ToldLog): Measures {
  const events = eventsIn(told);
  const names = [
    ...events.map(({ type }) => counted[type]),
    ...told.map((row) => (isSuppressed(row) ? ("Suppressed" as const) : undefined)),
  ].filter((name) => name !== undefined);
  const counts = Object.fromEntries(
    [...new Set(names)].map((name) => [name, names.filter((other) => other === name).length]),
  );
  const lags = events.filter(isOfLog).map(lagOf);
  return {
    ...counts,
    ...(lags.length > 0 && { DetectionLag: lags.slice(0, 100) }),
    ...(untaken > 0 && { BusFailures: untaken }),
  };
}

function eventsIn(told: readonly OutboxRow[]): AdEvent[] {
  return told.flatMap((row) => (row.kind === "ad-event" ? [row.event] : []));
}

const isSuppressed = (row: OutboxRow) => row.kind === "receipt" && row.receipt.outcome === "suppressed";

/** Only facts of the log name the request that caused them. */
const isOfLog = ({ metadata }: AdEvent) => metadata.causationId !== null;

const lagOf = ({ metadata }: AdEvent) =>
  Math.max(0, Date.parse(metadata.publishedAt) - Date.parse(metadata.occurredAt));
