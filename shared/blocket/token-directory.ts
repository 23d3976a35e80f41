import { createHash } from "node:crypto";
import type { Token } from "#shared/contracts/secrets.ts";
import { tokenExpiry } from "./token-expiry.ts";

/**
 * Who calls with which token. `readTokens` is asked each time, so that it alone decides how old its answer may be.
 *
 * `findForDealer`: the token that covers a dealer, null when none does. Of several the one made for that dealer alone, then
 * the first by name, whatever their order. `findToken`: the token of a name, null when there is none. `listTokenIds`: all names there are. `firstExpiry`: when the
 * first of them ends (epoch ms, as `tokenExpiry`), null where none says. `versionOf` names a token's
 * present value by a short hash of it, which tells no more than whether it has changed.
 */
export function tokenDirectory(readTokens: (wish?: { fresh?: boolean }) => Promise<readonly Token[]>) {
  return {
    findForDealer: async (dealerCode: string): Promise<{ tokenId: string } | null> => {
      const covering = (await readTokens()).filter(({ dealers }) => dealers.includes(dealerCode));
      const [best] = covering.toSorted((a, b) => rankOf(a) - rankOf(b) || compareNames(a.tokenId, b.tokenId));
      return best === undefined ? null : { tokenId: best.tokenId };
    },
    versionOf: async (tokenId: string, { fresh = false } = {}): Promise<string> => {
      const found = (await readTokens({ fresh })).find((token) => token.tokenId === tokenId);
      return createHash("sha256")
        .update(found?.token ?? "")
        .digest("base64url")
        .slice(0, 8);
    },
    listTokenIds: async (): Promise<string[]> =>
      (await readTokens()).map(({ tokenId }) => tokenId).toSorted(compareNames),
    firstExpiry: async (): Promise<number | null> => {
      const ends = (await readTokens()).map(tokenExpiry).filter((end) => end !== null);
      return ends.length === 0 ? null : Math.min(...ends);
    },
    findToken: async (tokenId: string): Promise<string | null> => {
      const found = (await readTokens()).find((token) => token.tokenId === tokenId);
      return found === undefined ? null : found.token;
    },
  };
}

function rankOf({ scope }: Token): number {
  return scope === "dealer_code" ? 0 : 1;
}

/** By code unit: the same on every machine. */
function compareNames(a: string, b: string): number {
  return Number(a > b) - Number(a < b);
}
