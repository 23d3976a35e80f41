import type { Findings } from "./check-quiet.ts";
import type { Lives } from "./live-and-be-killed.ts";

/** What was done to the sandbox, in a few lines. */
export function formatLives(lives: Lives, { kills, seconds }: { kills: number; seconds: number }): string {
  const { outgoing, faults, startKills, complaints } = lives;
  const used = [...faults].map(([kind, count]) => `${kind} ${count}`).toSorted();
  return [
    `kills     ${kills}, ${startKills} of them while starting`,
    `restarts  ${kills}`,
    `changes   ${outgoing.taken.length} taken in ${outgoing.posts} requests, ${outgoing.repeats} repeated after their 202`,
    `faults    ${used.join(", ")}`,
    `seconds   ${seconds.toFixed(0)}`,
    ...formatComplaints(complaints),
  ].join("\n");
}

/** On stderr, counted by what they begin with. */
function formatComplaints(complaints: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const line of complaints) {
    const name = nameOf(line);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => `said      ${count} × ${name}`);
}

function nameOf(line: string): string {
  const [, message] = /"message":"([^"]*)"/.exec(line) ?? [];
  return message ?? line.slice(0, 160);
}

/** What was told, then each violation with its ad's record, and what was still open. */
export function formatFindings({ violations, deliveries, facts, open }: Findings): string {
  return [
    `told      ${deliveries.length} deliveries of ${facts} facts (${deliveries.length - facts} repeats)`,
    ...open.map((line) => `still open: ${line}`),
    `${violations.length} violations`,
    ...violations.flatMap(({ invariant, message, item, record }) => [
      `\n${item?.dealerCode}/${item?.itemId}: ${invariant}: ${message}`,
      JSON.stringify(record, null, 1),
    ]),
  ].join("\n");
}
