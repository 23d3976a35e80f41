import type { Measures, MetricName } from "#shared/contracts/metrics.ts";
import { describeError } from "./describe-error.ts";
import { embedMetrics } from "./embed-metrics.ts";
import { lineWriter } from "./line-writer.ts";
import { loggedId } from "./logged-id.ts";

/**
 * Everything a log line may say beside its name. Whatever is not named here never reaches a log, at run time too: no body,
 * header, secret, phone number, e-mail address or registration number (an `itemId` may be one, so it is not here either).
 * Ids that a source chooses go through `loggedId`.
 */
const loggedFields = [
  "attemptId",
  "attempts",
  "authentication",
  "call",
  "count",
  "dealerCode",
  "delaySeconds",
  "dryRun",
  "due",
  "durationMs",
  "eventIds",
  "failedAds",
  "failedReads",
  "kind",
  "listingId",
  "messageId",
  "method",
  "notWhole",
  "openDealerCode",
  "openListingId",
  "outcome",
  "problem",
  "published",
  "queued",
  "reads",
  "reason",
  "receiveCount",
  "rejected",
  "removalDealerCode",
  "removalListingId",
  "requestId",
  "round",
  "source",
  "status",
  "submission",
  "tokenId",
  "traceparent",
  "traceparents",
  "unknownEntries",
] as const;

export type LogFields = { [field in (typeof loggedFields)[number]]?: string | number | boolean | null | string[] };

/** Adds fields to the one line that is logged when an attempt ends. */
export type Note = (fields: LogFields) => void;

/** One wide line of JSON per attempt, named like an event: `receive.answered`. It carries what was measured on the way. */
export interface EventLogger {
  event(name: string, fields: LogFields, measures?: Measures): void;
  /** Our own side failed in a way that mends itself (AWS, time). The line carries the error, as with `error`. */
  warn(name: string, error: unknown, fields: LogFields, measures?: Measures): void;
  /** For what a person should look at: the line carries the error's name, message, stack and causes. */
  error(name: string, error: unknown, fields: LogFields, measures?: Measures): void;
}

/** `functionName` is what the lines carry as `service`; the metrics in them are counted under `namespace`. */
export function createLogger(functionName: string, namespace: string): EventLogger {
  const write = lineWriter(functionName);
  const lineOf = (fields: LogFields, measures: Measures = {}) => ({
    ...allowed(fields, measures),
    ...embedMetrics(namespace, measures),
  });
  return {
    event: (name, fields, measures) => write("INFO", name, lineOf(fields, measures)),
    warn: (name, error, fields, measures) =>
      write("WARN", name, { ...lineOf(fields, measures), failure: describeError(error) }),
    error: (name, error, fields, measures) =>
      write("ERROR", name, { ...lineOf(fields, measures), failure: describeError(error) }),
  };
}

/** A listing may have been named by its source, too. */
const chosenOutside: readonly string[] = ["eventIds", "listingId", "openListingId", "removalListingId"];

/** Fields that say nothing beside the metric of the same line. */
const measuredBy: { [field in keyof LogFields]?: MetricName } = { queued: "Accepted", rejected: "Rejected" };

function allowed(fields: LogFields, measures: Measures): LogFields {
  const isMeasured = (metric: MetricName | undefined) => metric !== undefined && measures[metric] !== undefined;
  const given = loggedFields.filter((field) => (fields[field] ?? null) !== null && !isMeasured(measuredBy[field]));
  return Object.fromEntries(
    given.map((field) => [field, chosenOutside.includes(field) ? withLoggedIds(fields[field]) : fields[field]]),
  );
}

function withLoggedIds(value: LogFields[keyof LogFields]): LogFields[keyof LogFields] {
  return Array.isArray(value) ? value.map(loggedId) : typeof value === "string" ? loggedId(value) : value;
}
