import { type Input, type Journal, type JournalLine, snapshotLines } from "./journal.ts";
import type { MarketplaceState } from "./state.ts";

/** So many lines at least are added before the journal is written anew. */
export const fewestLines = 20_000;

export interface JournalKeeper {
  /** To be called before an input is taken. */
  write(at: number, input: Input): void;
  /**
   * To be called when it has been taken: writes the journal anew as the state that its lines lead to, once as many were
   * added as are worth it. So it grows with the number of ads, and not with that of requests.
   */
  compact(): void;
}

export function keepJournal(journal: Journal, state: MarketplaceState): JournalKeeper {
  let added = 0;
  return {
    write: (at, input) => {
      journal.append(JSON.stringify({ kind: "input", at, input } satisfies JournalLine));
      added += 1;
    },
    compact: () => {
      if (added < Math.max(fewestLines, 2 * state.ads.size)) return;
      journal.replace(snapshotLines(state));
      added = 0;
    },
  };
}
