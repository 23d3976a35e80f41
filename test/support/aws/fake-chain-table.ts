import { type Condition, isNew, isStill } from "#shared/aws/condition.ts";
import type { Chain, ChainTable } from "#shared/steps/ports.ts";
import { holds, judged } from "./holds.ts";
import { copied, type Keep } from "./keep.ts";

/** The polling chains in memory; `chains()` shows them all. */
export type FakeChainTable = ChainTable & { chains(): Chain[] };

export type FakeChainTableOptions = {
  keep?: Keep;
  /** Told of each save, with the chain as it was stored before. */
  onSave?: (chain: Chain, before: Chain | null) => void;
};

export function fakeChainTable({ keep = copied, onSave = () => {} }: FakeChainTableOptions = {}): FakeChainTable {
  const rows = new Map<string, Chain>();
  const isSo = (condition: Condition, tokenId: string) => holds(condition, judged("round", rows.get(tokenId)?.round));
  const storeIf = (condition: Condition, chain: Chain): "saved" | "conflict" => {
    if (!isSo(condition, chain.tokenId)) {
      return "conflict";
    }
    onSave(chain, rows.get(chain.tokenId) ?? null);
    rows.set(chain.tokenId, keep(chain));
    return "saved";
  };
  return {
    async load(tokenId) {
      return keep(rows.get(tokenId) ?? null);
    },
    async create(chain) {
      return storeIf(isNew(), chain);
    },
    async save(chain, expectedRound) {
      return storeIf(isStill("round", expectedRound), chain);
    },
    async remove(tokenId, expectedRound) {
      return isSo(isStill("round", expectedRound), tokenId) && rows.delete(tokenId) ? "saved" : "conflict";
    },
    async findLost(before) {
      return [...rows.values()].filter(({ nextAt }) => nextAt <= before).map(keep);
    },
    chains: () => [...rows.values()].map(keep),
  };
}
