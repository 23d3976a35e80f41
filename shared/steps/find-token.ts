import { type Ad, unassigned } from "#shared/ad/ad.ts";
import type { Tokens } from "./ports.ts";

/** The ad under the token that covers its dealer now: tokens are renamed, and dealers move between them. */
export async function withToken(tokens: Tokens, ad: Ad): Promise<Ad> {
  const token = "source" in ad.key ? null : await tokens.findForDealer(ad.key.dealerCode);
  const tokenId = token?.tokenId ?? unassigned;
  return tokenId === ad.tokenId ? ad : { ...ad, tokenId };
}
