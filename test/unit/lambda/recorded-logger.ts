import type { EventLogger, LogFields } from "#shared/lambda/logger.ts";

export type Line = { level: "event" | "warn" | "error"; name: string; fields: LogFields; error?: unknown };

/** Keeps what was logged, in order. */
export function recordedLogger(): EventLogger & { lines: Line[] } {
  const lines: Line[] = [];
  return {
    lines,
    event: (name, fields) => lines.push({ level: "event", name, fields }),
    warn: (name, error, fields) => lines.push({ level: "warn", name, fields, error }),
    error: (name, error, fields) => lines.push({ level: "error", name, fields, error }),
  };
}
