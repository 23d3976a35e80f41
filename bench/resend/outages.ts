import type { BenchResult } from "#bench/result.ts";
import { measureOutage, type OutageReport } from "#test/support/histories/measure-outage.ts";
import { editsPerAd, type OutageKind } from "#test/support/histories/outage-history.ts";

/** What the marketplace does all through the hour, by the name of its figure. */
const outages: Readonly<Record<string, { kind: OutageKind; does: string; ofWrites: string }>> = {
  "resend.outage-writes": { kind: "status", does: "answers 503", ofWrites: "none of which was carried out" },
  "resend.outage-writes-not-sent": {
    kind: "not-sent",
    does: "refuses connections",
    ofWrites: "none of which was carried out",
  },
  "resend.outage-writes-hang": {
    kind: "hang",
    does: "never answers and does nothing",
    ofWrites: "none of which was carried out, but the bridge cannot know",
  },
  "resend.outage-writes-unanswered": {
    kind: "unanswered",
    does: "never answers but does what it is asked",
    ofWrites: "all of which were carried out then and are not in the figure",
  },
};

type OutageResult = Pick<BenchResult, "name" | "what" | "ours" | "limit" | "unit" | "note">;

/**
 * An hour's outage of each kind. Nothing fails after it, so that each write that is counted was carried out. Throws unless every ad is
 * up to date in the end.
 */
export async function measureOutages(ads: number): Promise<OutageResult[]> {
  const results: OutageResult[] = [];
  for (const [name, { kind, does, ofWrites }] of Object.entries(outages)) {
    const report = await measureOutage({ ads, kind });
    if (report.violations.length > 0 || report.published < ads) {
      throw new Error(`after the outage (${kind}) ${report.published} of ${ads} ads are up to date`);
    }
    results.push({
      name,
      what: `marketplace writes per ad after an hour's outage in which it ${does}, ${ads} ads with ${editsPerAd} edits each`,
      ours: report.after.writesPerAd,
      limit: 1.05,
      unit: "writes per ad",
      note: noteOf(report, ofWrites),
    });
  }
  return results;
}

function noteOf({ during, after }: OutageReport, ofWrites: string): string {
  return `Counted are the writes that began when the hour was over, all of which were carried out; in the hour ${during.writes} were tried, ${ofWrites}. What is above one is ads that were tried in the hour and left in doubt: each repeats that document before it sends its newest. Of many ads hardly more are tried than of few, so that a small stock shows more of it. Drained in ${(after.drainedMs / 60_000).toFixed(1)} min, at most ${after.perSecond} calls a second.`;
}
