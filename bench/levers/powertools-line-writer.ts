import { Logger } from "@aws-lambda-powertools/logger";
import type { LogLevel } from "#shared/lambda/line-writer.ts";

/** Stands in for `shared/lambda/line-writer.ts` where a bench asks what a logger from npm takes. */
export function lineWriter(serviceName: string): (level: LogLevel, message: string, fields: object) => void {
  const logger = new Logger({ serviceName });
  const write = { INFO: logger.info, WARN: logger.warn, ERROR: logger.error };
  return (level, message, fields) => write[level].call(logger, message, { ...fields });
}
