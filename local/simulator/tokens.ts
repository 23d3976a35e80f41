import { detailReply, type Reply } from "./exchange.ts";
import type { MarketplaceState } from "./state.ts";

/** What a token opens. A `dealer_code` token has exactly one dealer. */
export interface TokenGrant {
  scope: "dealer_code" | "dealer_group";
  dealerCodes: readonly string[];
}

/** By the token as it stands in `X-Auth-Token`. */
export type Tokens = Readonly<Record<string, TokenGrant>>;

/** The tokens of the sandbox, used when none are given. The last is what `SOLO` is given when its first one is revoked. */
export const sandboxTokens: Tokens = {
  "sandbox-token": { scope: "dealer_group", dealerCodes: ["DEMO", "DEMO2"] },
  "sandbox-solo-token": { scope: "dealer_code", dealerCodes: ["SOLO"] },
  "sandbox-solo-token-2": { scope: "dealer_code", dealerCodes: ["SOLO"] },
};

const missingToken = {
  "not-provided": "Authentication credentials were not provided.",
  "invalid-token": "Invalid token: Not enough segments",
};

type Authority = Pick<MarketplaceState, "now" | "tokens" | "settings" | "quirks" | "revocations">;

function isRevoked(token: string, { now, settings, revocations }: Authority): boolean {
  if (settings.revokedTokens.includes(token)) return true;
  const until = Object.hasOwn(revocations, token) ? revocations[token] : undefined;
  return until === null || (until !== undefined && until > now);
}

export type Authentication = { kind: "granted"; grant: TokenGrant } | { kind: "refused"; reply: Reply };

export function authenticate(token: string | undefined, authority: Authority): Authentication {
  if (token === undefined || token === "") {
    return { kind: "refused", reply: detailReply(401, missingToken[authority.quirks.missingToken]) };
  }
  if (isRevoked(token, authority)) {
    return { kind: "refused", reply: detailReply(401, "Invalid token: Signature has expired") };
  }
  const { tokens } = authority;
  const grant = Object.hasOwn(tokens, token) ? tokens[token] : undefined;
  if (grant === undefined) return { kind: "refused", reply: detailReply(401, "Invalid token: Not enough segments") };
  return { kind: "granted", grant };
}
