import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { secretStore } from "#shared/aws/secret-store.ts";
import { tokenDirectory } from "#shared/blocket/token-directory.ts";
import { type Token, tokensSecretSchema } from "#shared/contracts/secrets.ts";

export type TokenDirectory = ReturnType<typeof tokenDirectory>;

/** The secret with the tokens: each function keeps its own copy of it for a while, with the real store. */
export function makeTokenSecret(now: () => number) {
  let tokens: readonly Token[] = [
    { tokenId: "demo-group", token: "sandbox-token", scope: "dealer_group", dealers: ["DEMO", "DEMO2"] },
    { tokenId: "solo", token: "sandbox-solo-token", scope: "dealer_code", dealers: ["SOLO"] },
  ];
  const client = { send: async () => ({ SecretString: JSON.stringify(tokens) }) } as unknown as SecretsManagerClient;
  const directory = (): TokenDirectory => {
    const store = secretStore({ client, secretId: "tokens", schema: tokensSecretSchema, now });
    return tokenDirectory((wish) => store.read(wish));
  };
  const change = (dealerCode: string, make: (token: Token) => Token) => {
    tokens = tokens.map((token) => (token.dealers.includes(dealerCode) ? make(token) : token));
  };
  return {
    submit: directory(),
    poll: directory(),
    /** The value of the token of a dealer, as the secret has it now. */
    valueFor: (dealerCode: string) => tokens.find(({ dealers }) => dealers.includes(dealerCode))?.token ?? "",
    replace: (dealerCode: string) => change(dealerCode, (token) => ({ ...token, token: `${token.token}-2` })),
    rename: (dealerCode: string) => change(dealerCode, (token) => ({ ...token, tokenId: `${token.tokenId}-2` })),
  };
}

export type TokenSecret = ReturnType<typeof makeTokenSecret>;

/** What the tokens open at the marketplace, those included that are to replace others. */
export const simulatorTokens = {
  "sandbox-token": { scope: "dealer_group", dealerCodes: ["DEMO", "DEMO2"] },
  "sandbox-token-2": { scope: "dealer_group", dealerCodes: ["DEMO", "DEMO2"] },
  "sandbox-solo-token": { scope: "dealer_code", dealerCodes: ["SOLO"] },
  "sandbox-solo-token-2": { scope: "dealer_code", dealerCodes: ["SOLO"] },
} as const;
