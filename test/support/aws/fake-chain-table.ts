import type { Chain, ChainTable } from "#shared/steps/ports.ts";

/** The polling chains in memory; `chains()` shows them all. */
export type FakeChainTable = ChainTable & { chains(): Chain[] };

export function fakeChainTable(): FakeChainTable {
  const rows = new Map<string, Chain>();
  const storeIf = (holds: boolean, chain: Chain): "saved" | "conflict" => {
    if (holds) {
      rows.set(chain.tokenId, structuredClone(chain));
    }
    return holds ? "saved" : "conflict";
  };
  const isAt = (tokenId: string, round: number) => rows.get(tokenId)?.round === round;
  return {
    async load(tokenId) {
      return structuredClone(rows.get(tokenId) ?? null);
    },
    async create(chain) {
      return storeIf(!rows.has(chain.tokenId), chain);
    },
    async save(chain, expectedRound) {
      return storeIf(isAt(chain.tokenId, expectedRound), chain);
    },
    async remove(tokenId, expectedRound) {
      return isAt(tokenId, expectedRound) && rows.delete(tokenId) ? "saved" : "conflict";
    },
    async findLost(before) {
      return structuredClone([...rows.values()].filter(({ nextAt }) => nextAt <= before));
    },
    chains: () => structuredClone([...rows.values()]),
  };
}
