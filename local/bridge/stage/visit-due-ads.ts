import { type Ad, type AdKey, unassigned } from "#shared/ad/ad.ts";
import { formatAdKey } from "#shared/ad/ad-key.ts";
import { UnreadableAdError } from "#shared/aws/unreadable-ad-error.ts";
import { RetryableError } from "#shared/contracts/errors.ts";
import type { AdTable, ChainTable } from "#shared/steps/ports.ts";

export type DuePorts = {
  table: Pick<AdTable, "load" | "findDue">;
  chains: Pick<ChainTable, "findLost">;
  tokens: { listTokenIds(): Promise<string[]> };
};

/** Told on the way: how many ads have been looked at, what could not be read that others make up for, and each ad that could not. */
export type DueHooks = {
  progress: (ads: number) => void;
  warn: (sentence: string) => void;
  unreadable: (fault: UnreadableAdError) => void;
};

const keysAtOnce = 100;
const namesAtOnce = 20;
const adsAtOnce = 10;

/**
 * Shows each ad once that is in the `due` index, now or later: every ad of which anything is still to come. Reads the index
 * and those ads, never the table. One that is of no known form is told of and passed over.
 */
export async function visitDueAds(ports: DuePorts, visit: (ad: Ad) => Promise<void>, hooks: DueHooks): Promise<void> {
  const seen = new Set<string>();
  const visitKey = async (key: AdKey) => {
    // An ad that moves within the index while it is read is offered twice.
    const isRepeat = seen.has(formatAdKey(key));
    seen.add(formatAdKey(key));
    const ad = isRepeat ? null : await orUnreadable(ports.table.load(key), hooks);
    if (ad !== null) {
      await visit(ad);
    }
  };
  await forEach(await listNames(ports, hooks), namesAtOnce, async (tokenId) => {
    let after: string | null = null;
    do {
      const page = await ports.table.findDue({ tokenId, now: Number.MAX_SAFE_INTEGER, after, limit: keysAtOnce });
      await forEach(page.keys, adsAtOnce, visitKey);
      hooks.progress(seen.size);
      after = page.after;
    } while (after !== null);
  });
}

/** What an ad's item gives, or null once it has been told that it is of no known form. */
export async function orUnreadable<T>(
  load: Promise<T>,
  { unreadable }: Pick<DueHooks, "unreadable">,
): Promise<T | null> {
  const [result] = await Promise.allSettled([load]);
  if (result.status === "fulfilled") {
    return result.value;
  }
  if (!(result.reason instanceof UnreadableAdError)) {
    throw result.reason;
  }
  unreadable(result.reason);
  return null;
}

/**
 * The names under which ads lie in the index: of tokens, of polling chains (of a token that has another name by now), and
 * for want of a token. Chains have them all unless one was lost; so they do without the secret, which may be what is wrong.
 */
async function listNames({ chains, tokens }: DuePorts, { warn }: DueHooks): Promise<string[]> {
  const known = await tokens.listTokenIds().catch((fault: unknown) => {
    if (!(fault instanceof RetryableError)) {
      throw fault;
    }
    warn(`the tokens cannot be read (${fault.message}): ads are looked for by the polling chains alone`);
    return [];
  });
  const polled = (await chains.findLost(Number.MAX_SAFE_INTEGER)).map(({ tokenId }) => tokenId);
  return [...new Set([unassigned, ...known, ...polled])];
}

/** Runs `work` for each, `atOnce` at a time. */
async function forEach<T>(all: readonly T[], atOnce: number, work: (one: T) => Promise<void>): Promise<void> {
  const left = all.values();
  const workThrough = async () => {
    for (const one of left) {
      await work(one);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, workThrough));
}
