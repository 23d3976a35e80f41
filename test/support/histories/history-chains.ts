import type { Chain, ChainTable } from "#shared/steps/ports.ts";

export type HistoryChainsOptions = {
  now: () => number;
  /** Told of each round that is claimed, with how many of its token have been in the last minute. */
  onClaim: (chain: Chain, inLastMinute: number) => void;
};

/** The polling chains in memory for histories; rows are replaced whole, so none needs to be copied. */
export function historyChains({ now, onClaim }: HistoryChainsOptions) {
  const rows = new Map<string, Chain>();
  const claims = new Map<string, number[]>();
  const noteClaim = (chain: Chain) => {
    const old = rows.get(chain.tokenId);
    if (old !== undefined && old.asleep === chain.asleep && old.round !== chain.round) {
      const lately = (claims.get(chain.tokenId) ?? []).filter((at) => at > now() - 60_000);
      claims.set(chain.tokenId, [...lately, now()]);
      onClaim(chain, lately.length + 1);
    }
  };
  const isAt = (tokenId: string, round: number) => rows.get(tokenId)?.round === round;
  const storeIf = (holds: boolean, chain: Chain): "saved" | "conflict" => {
    if (holds) {
      noteClaim(chain);
      rows.set(chain.tokenId, chain);
    }
    return holds ? "saved" : "conflict";
  };
  const table: ChainTable = {
    load: async (tokenId) => rows.get(tokenId) ?? null,
    create: async (chain) => storeIf(!rows.has(chain.tokenId), chain),
    save: async (chain, expectedRound) => storeIf(isAt(chain.tokenId, expectedRound), chain),
    remove: async (tokenId, expectedRound) =>
      isAt(tokenId, expectedRound) && rows.delete(tokenId) ? "saved" : "conflict",
    findLost: async (before) => [...rows.values()].filter(({ nextAt }) => nextAt <= before),
  };
  /** When the first chain's next round is to be; infinity when there is none. */
  const nextAt = () => Math.min(Number.POSITIVE_INFINITY, ...[...rows.values()].map((row) => row.nextAt));
  return { table, nextAt };
}
