import { fileJournal } from "./file-journal.ts";
import { createMarketplace, type Marketplace, type MarketplaceOptions } from "./marketplace.ts";

/** A marketplace on the machine's clock, its journal in `dir` if one is given. Throws one sentence when that fails. */
export function openMarketplace(
  beginning: Pick<MarketplaceOptions, "seed" | "settings" | "tokens">,
  dir: string | undefined,
): { marketplace: Marketplace; closeJournal: () => void } {
  const options = { clock: Date.now, ...beginning };
  if (dir === undefined) return { marketplace: createMarketplace(options), closeJournal: () => {} };
  try {
    const journal = fileJournal(dir);
    return { marketplace: createMarketplace({ ...options, journal }), closeJournal: journal.close };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`the simulator cannot keep its state in ${dir}: ${reason}`, { cause });
  }
}
