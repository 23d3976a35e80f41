import { randomUUID } from "node:crypto";
import * as z from "zod/mini";
import type { Access } from "#local/bridge/read-access.ts";
import { newAd, type StoredDocument } from "#shared/ad/ad.ts";
import { createBody } from "#shared/ad/attempt.ts";
import { blocketMarketplace } from "#shared/blocket/client.ts";
import { smithyHttpCall } from "#shared/blocket/smithy-http-call.ts";
import { cutPictures, productionMaxPictures } from "#shared/contracts/cut-pictures.ts";
import { vehicleTypeNames } from "#shared/contracts/vehicle-types.ts";
import type { MarketplaceVerdict } from "./verdicts.ts";

const timeoutMs = 30_000;
const tokenId = "validate";

/** As much of an event as it takes to ask: not whether it is valid, which is what the two are asked for. */
const askableSchema = z.object({
  type: z.literal("inventory.item.upserted"),
  data: z.object({
    dealerCode: z.string(),
    vehicleType: z.enum(vehicleTypeNames),
    ad: z.record(z.string(), z.unknown()),
  }),
});

/**
 * Asks the marketplace's `/v4/{vehicle_type}/validate` about the body of the POST that would create the ad, with as many
 * pictures as a bridge in production lets through. Saves nothing.
 */
export async function askMarketplace(access: Access, event: unknown): Promise<MarketplaceVerdict> {
  const askable = askableSchema.safeParse(event);
  if (!askable.success) {
    return { kind: "not-asked", why: "there is no document of a known vehicle type to ask about" };
  }
  const { dealerCode, vehicleType, ad } = askable.data.data;
  const token = access.tokenOf(dealerCode);
  if (token === null) {
    return { kind: "not-asked", why: `no token covers the dealer ${dealerCode}` };
  }
  const document = { vehicleType, ad: cutPictures(ad, productionMaxPictures) } as unknown as StoredDocument;
  const body = createBody(newAd({ dealerCode, itemId: "" }), document, randomUUID());
  const { httpCall, close } = smithyHttpCall({ baseUrl: access.marketplaceUrl, now: Date.now });
  const options = { httpCall, tokens: async () => token, now: Date.now, readTimeoutMs: timeoutMs };
  try {
    const reply = await blocketMarketplace(options).validate({ tokenId, dealerCode, vehicleType, body });
    return toVerdict(reply);
  } finally {
    close();
  }
}

type Reply = Awaited<ReturnType<ReturnType<typeof blocketMarketplace>["validate"]>>;

function toVerdict(reply: Reply): MarketplaceVerdict {
  switch (reply.kind) {
    case "valid":
      return { kind: "valid" };
    case "refused":
      return { kind: "refused", faults: reply.errors.map(({ pointer, message }) => ({ pointer, message })) };
    case "unavailable":
      return { kind: "not-asked", why: "the marketplace has no /validate here" };
    case "unauthorized":
      return { kind: "not-asked", why: "the marketplace does not take the token" };
    case "failed":
      return { kind: "not-asked", why: `the marketplace gave no answer: ${reply.reason}` };
    default:
      throw new Error(`unknown reply ${JSON.stringify(reply satisfies never)}`);
  }
}
