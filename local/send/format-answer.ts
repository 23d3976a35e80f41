import type { PostAnswer } from "./post-inventory-events.ts";

/** An answer of the bridge as lines for a person: the status, then each item with what is wrong with it. */
export function formatAnswer({ status, items, problem }: PostAnswer): string {
  const first = problem === null ? `${status}` : `${status} ${problem}`;
  const lines = items.flatMap((item) => [
    `  ${item.id}: ${item.status}`,
    ...(item.errors ?? []).map(({ pointer, message }) => `    ${pointer === "" ? "(the event)" : pointer}: ${message}`),
  ]);
  return [first, ...lines].join("\n");
}
