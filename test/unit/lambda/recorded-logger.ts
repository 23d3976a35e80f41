import type { Measures } from "#shared/contracts/metrics.ts";
import type { EventLogger, LogFields } from "#shared/lambda/logger.ts";

export type Line = {
  level: "event" | "warn" | "error";
  name: string;
  fields: LogFields;
  error?: unknown;
  measures?: Measures;
};

/** Keeps what was logged, in order. */
export function recordedLogger(): EventLogger & { lines: Line[] } {
  const lines: Line[] = [];
  const keep = (line: Line, measures: Measures = {}) =>
    lines.push(Object.keys(measures).length === 0 ? line : { ...line, measures });
  return {
    lines,
    event: (name, fields, measures) => keep({ level: "event", name, fields }, measures),
    warn: (name, error, fields, measures) => keep({ level: "warn", name, fields, error }, measures),
    error: (name, error, fields, measures) => keep({ level: "error", name, fields, error }, measures),
  };
}
