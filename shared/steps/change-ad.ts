import type { Ad, AdKey, Instant } from "#shared/ad/ad.ts";
import { newAd } from "#shared/ad/ad.ts";
import type { Context } from "#shared/ad/context.ts";
import { isSameAd } from "#shared/ad/copy-ad.ts";
import { nextDueAt } from "#shared/ad/pace.ts";
import { RetryableError } from "#shared/contracts/errors.ts";
import type { Waits } from "#shared/contracts/waits.ts";
import type { AdTable, Circumstances } from "./ports.ts";

/** After so many lost races for one ad the message is better tried again later. */
const triesAtMost = 20;

export type ChangePorts = { table: AdTable; circumstances: Circumstances; waits: Waits };

/** A decision about an ad, with something to hand back. */
export type Change<T> = (ad: Ad, context: Context) => Promise<{ ad: Ad; result: T }>;

/**
 * The ad as it is stored now. `hasFirstRows`: the change put rows into an empty outbox, and so they are the caller's to tell;
 * who finds some there leaves his own to whoever is at it.
 */
export type Changed<T> = { ad: Ad; result: T; hasFirstRows: boolean };

/**
 * Loads an ad, decides, and stores what was decided, as one transaction: if another writer was faster, the decision is made
 * anew on what that one stored. An ad that the decision leaves unchanged is not written. Whoever has just loaded the ad gives
 * it instead of its key, and it is not loaded again unless another writer was faster.
 */
export async function changeAd<T>(
  { table, circumstances, waits }: ChangePorts,
  which: AdKey | Ad,
  change: Change<T>,
): Promise<Changed<T>> {
  const [key, known] = "version" in which ? [which.key, which] : [which, null];
  for (let tries = 0; tries < triesAtMost; tries += 1) {
    const ad = (tries === 0 ? known : null) ?? (await table.load(key)) ?? newAd(key);
    const context = { ...circumstances, now: circumstances.now(), waits };
    const changed = await change(ad, context);
    if (isSameAd(changed.ad, ad)) {
      return { ...changed, hasFirstRows: false };
    }
    if ((await table.save(changed.ad, indexedAt(changed.ad, ad, context))) === "saved") {
      const hasFirstRows = ad.outbox.length === 0 && changed.ad.outbox.length > 0;
      return { ad: { ...changed.ad, version: changed.ad.version + 1 }, result: changed.result, hasFirstRows };
    }
  }
  throw new RetryableError("an ad was changed by others each time we tried");
}

/**
 * Where the ad goes in the `due` index. A time that moves back by less than it takes to look again stays as it was: to move it
 * is billed as two writes, and to be found too early costs one read.
 */
function indexedAt(ad: Ad, before: Ad, context: Context): Instant | null {
  const [dueAt, dueBefore] = [nextDueAt(ad, context), nextDueAt(before, context)];
  const isSoon = dueAt !== null && dueAt <= context.now + context.waits.retryFirstMs;
  return isSoon && dueBefore !== null && dueBefore < dueAt ? dueBefore : dueAt;
}
