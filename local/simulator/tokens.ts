import { detailReply, type Reply } from "./exchange.ts";

/** What a token opens. A `dealer_code` token has exactly one dealer. */
export interface TokenGrant {
  scope: "dealer_code" | "dealer_group";
  dealerCodes: readonly string[];
}

/** By the token as it stands in `X-Auth-Token`. */
export type Tokens = Readonly<Record<string, TokenGrant>>;

/** The tokens of the sandbox, used when none are given. */
export const sandboxTokens: Tokens = {
  "sandbox-token": { scope: "dealer_group", dealerCodes: ["DEMO", "DEMO2"] },
  "sandbox-solo-token": { scope: "dealer_code", dealerCodes: ["SOLO"] },
};

export type Authentication = { kind: "granted"; grant: TokenGrant } | { kind: "refused"; reply: Reply };

export function authenticate(token: string | undefined, tokens: Tokens, revoked: readonly string[]): Authentication {
  if (token === undefined || token === "") {
    return { kind: "refused", reply: detailReply(401, "Authentication credentials were not provided.") };
  }
  if (revoked.includes(token)) {
    return { kind: "refused", reply: detailReply(401, "Invalid token: Signature has expired") };
  }
  const grant = Object.hasOwn(tokens, token) ? tokens[token] : undefined;
  if (grant === undefined) return { kind: "refused", reply: detailReply(401, "Invalid token: Not enough segments") };
  return { kind: "granted", grant };
}
