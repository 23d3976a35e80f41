import { parseArgs } from "node:util";
import { measureOutage, type OutageReport } from "#test/support/histories/measure-outage.ts";
import type { OutageKind } from "#test/support/histories/outage-history.ts";

/*
 * npm run test:outage [-- --ads N]   the marketplace is away for an hour, and each ad is edited five times meanwhile
 */
const { values } = parseArgs({ options: { ads: { type: "string", default: "300" } } });

const kinds: Record<OutageKind, string> = {
  status: "answers 503",
  "not-sent": "refuses connections",
  hang: "never answers",
  unanswered: "acts unanswered",
};

const columns: [string, (report: OutageReport) => string][] = [
  ["the marketplace", ({ kind }) => kinds[kind]],
  ["calls in the hour", ({ during }) => String(during.calls)],
  ["most a minute", ({ during }) => String(during.perMinute)],
  ["after: most a second", ({ after }) => String(after.perSecond)],
  ["most a minute", ({ after }) => String(after.perMinute)],
  ["writes per ad", ({ after }) => after.writesPerAd.toFixed(2)],
  ["calls per ad", ({ after }) => after.callsPerAd.toFixed(2)],
  ["drained in", ({ after }) => `${(after.drainedMs / 60_000).toFixed(1)} min`],
  ["up to date", ({ published, ads }) => `${published} of ${ads}`],
  ["dead letters", ({ deadLetters }) => String(deadLetters)],
  ["violations", ({ violations }) => String(violations.length)],
];

const ads = Number(values.ads);
if (!Number.isInteger(ads) || ads < 1) {
  throw new Error("--ads is a whole number of ads");
}
const say = (cells: readonly string[]) =>
  void process.stdout.write(
    `${cells.map((cell, place) => cell.padEnd((columns[place]?.[0].length ?? 0) + 3)).join("")}\n`,
  );
say(columns.map(([title]) => title));
for (const kind of Object.keys(kinds) as OutageKind[]) {
  const report = await measureOutage({ ads, kind });
  say(columns.map(([, show]) => show(report)));
  for (const { invariant, message } of report.violations) {
    process.stdout.write(`  VIOLATED ${invariant}: ${message}\n`);
  }
  process.exitCode ||= Number(report.violations.length > 0 || report.published < ads);
}
