const levels = ["INFO", "WARN", "ERROR"] as const;

export type LogLevel = (typeof levels)[number];

/**
 * Writes lines of JSON to standard output, each in one piece, which CloudWatch takes as they stand. Not `console.log`, before
 * which Lambda puts a time and an id, so that neither a query nor a metric finds the JSON. Lines below the level that
 * `LOG_LEVEL` names are left out; any other word there leaves out nothing.
 */
export function lineWriter(service: string): (level: LogLevel, message: string, fields: object) => void {
  const least = levels.indexOf(process.env.LOG_LEVEL as LogLevel);
  return (level, message, fields) => {
    if (levels.indexOf(level) >= least) {
      const line = { level, message, timestamp: new Date().toISOString(), service, ...fields };
      process.stdout.write(`${JSON.stringify(line)}\n`);
    }
  };
}
