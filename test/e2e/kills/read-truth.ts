import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AdTruth } from "#local/simulator/marketplace.ts";
import { openMarketplace } from "#local/simulator/open-marketplace.ts";
import { sandboxTokens } from "#local/simulator/tokens.ts";

export type Truth = { ads: readonly AdTruth[]; isBusy: boolean };

/**
 * What a running simulator knows and its API doesn't show, such as what visitors see: its journal, copied, makes the same
 * marketplace here.
 */
export async function readTruth(sandboxDirectory: string): Promise<Truth> {
  const copy = await mkdtemp(join(tmpdir(), "blocket-bridge-truth-"));
  try {
    await copyFile(join(sandboxDirectory, "simulator", "simulator.journal"), join(copy, "simulator.journal"));
    const { marketplace, closeJournal } = openMarketplace({ seed: 1, settings: {}, tokens: sandboxTokens }, copy);
    const truth = { ads: marketplace.ads(), isBusy: marketplace.hasPendingJobs() };
    closeJournal();
    return truth;
  } finally {
    await rm(copy, { recursive: true });
  }
}
