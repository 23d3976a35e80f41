import { randomUUID } from "node:crypto";
import type { Stage } from "#local/bridge/stage/open-stage.ts";
import { tokenExpiry } from "#shared/blocket/token-expiry.ts";
import type { MarketplaceError } from "#shared/contracts/ad-event.ts";
import type { Token } from "#shared/contracts/secrets.ts";

/** What a free call said of a token and a dealer. `fits` is null where it said nothing of that. */
export type Fit = { dealerCode: string; fits: boolean | null; why: string };

/** `expiresAt` is ISO 8601: as the token itself says or its secret, the earlier of the two; null where neither does. */
export type TokenCheck = { tokenId: string; scope: Token["scope"]; expiresAt: string | null; dealers: Fit[] };

/**
 * Asks the marketplace about each dealer of a token: `/validate` of a car's body for that dealer, which is free and saves
 * nothing. Source: typed-endpoints document, "Validate".
 */
export async function checkToken(marketplace: Stage["ports"]["marketplace"], token: Token): Promise<TokenCheck> {
  const { tokenId, scope } = token;
  const dealers: Fit[] = [];
  for (const dealerCode of token.dealers) {
    const isOne = scope === "dealer_group" || token.dealers.length === 1;
    const many = {
      dealerCode,
      fits: false,
      why: "a token of scope dealer_code is for one dealer, and several are named",
    };
    dealers.push(isOne ? await askAbout(marketplace, { tokenId, dealerCode }) : many);
  }
  const expiry = tokenExpiry(token);
  return { tokenId, scope, expiresAt: expiry === null ? null : new Date(expiry).toISOString(), dealers };
}

async function askAbout(
  marketplace: Stage["ports"]["marketplace"],
  { tokenId, dealerCode }: { tokenId: string; dealerCode: string },
): Promise<Fit> {
  const body = { source_id: randomUUID(), dealer_code: dealerCode, category_id: 1020 };
  const reply = await marketplace.validate({ tokenId, dealerCode, vehicleType: "car", body });
  switch (reply.kind) {
    case "valid":
      return { dealerCode, fits: true, why: "accepted" };
    case "refused":
      return { dealerCode, ...judgeComplaints(reply.errors) };
    case "unauthorized":
      return { dealerCode, fits: false, why: "the marketplace does not take the token (401)" };
    case "unavailable":
      return { dealerCode, fits: null, why: "the marketplace has no /validate here" };
    case "failed":
      return { dealerCode, fits: null, why: `the marketplace gave no answer: ${reply.reason}` };
    default:
      throw new Error(`unknown reply ${JSON.stringify(reply satisfies never)}`);
  }
}

/** Complaints about fields of the document mean that it was judged, and so that the way to this dealer is open. */
function judgeComplaints(errors: readonly MarketplaceError[]): Omit<Fit, "dealerCode"> {
  const aboutDealer = errors.find(({ pointer }) => pointer !== null && /^\/dealer_code(\/|$)/.test(pointer));
  const isJudged = aboutDealer === undefined && errors.some(({ pointer }) => pointer !== null);
  const why = (aboutDealer ?? errors[0])?.message ?? "refused without a reason";
  return isJudged ? { fits: true, why: "accepted" } : { fits: false, why };
}
