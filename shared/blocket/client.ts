import {
  type ChargedCall,
  listingsPerRead,
  type ReadCall,
  type ReadReply,
  type Reply,
  type ValidateCall,
  type ValidateReply,
  type WriteCall,
} from "#shared/ad/marketplace.ts";
import { adReader } from "./ad-reader.ts";
import { type AuthorisedCallOptions, authorisedCall } from "./authorised-call.ts";
import { chargedPath, isUsableListingId, validatePath, writePath } from "./paths.ts";
import { readAd } from "./read-ad.ts";
import { readMany } from "./read-many.ts";
import { showsOthers } from "./shows-others.ts";
import { toValidateReply } from "./validate-reply.ts";
import { toReply } from "./write-reply.ts";

export type BlocketMarketplaceOptions = AuthorisedCallOptions & {
  /** One read request. */
  readTimeoutMs: number;
  /** All requests of one `read` or `readMany`, where pages are needed; three timeouts if not given. */
  readBudgetMs?: number;
};

const methods = { post: "POST", put: "PUT", delete: "DELETE" } as const;

/**
 * The marketplace over its Pro Import API, V4. Makes each call once. Throws `RetryableError` where a token is missing, and what
 * `tokens` throws; everything the marketplace does is an answer.
 *
 * There is no way to GET any other address: `/retry` is a GET too, and `/bump` and `/pole_position` are charged. Only `charge`
 * reaches those two, and nothing in this client or below makes a call twice.
 */
export function blocketMarketplace(options: BlocketMarketplaceOptions) {
  const { now, readTimeoutMs, readBudgetMs = 3 * readTimeoutMs } = options;
  const call = authorisedCall(options);
  const readerOf = (tokenId: string) => adReader({ call, now, tokenId, readTimeoutMs, readBudgetMs });
  return {
    write: async (write: WriteCall): Promise<Reply> => {
      if (!isUsableListingId(write.listingId)) {
        return { kind: "refused", errors: [unusableListingId] };
      }
      const { tokenId, callUntil: deadline, body } = write;
      const outcome = await call({ method: methods[write.call], tokenId, path: writePath(write), body, deadline });
      return toReply(write.call, outcome, now());
    },
    charge: async (charge: ChargedCall): Promise<Reply> => {
      if (!isUsableListingId(charge.listingId)) {
        return { kind: "refused", errors: [unusableListingId] };
      }
      const { tokenId, callUntil: deadline } = charge;
      const outcome = await call({ method: "GET", tokenId, path: chargedPath(charge), body: null, deadline });
      return toReply(charge.call, outcome, now());
    },
    validate: async (validate: ValidateCall): Promise<ValidateReply> => {
      const { tokenId, body } = validate;
      const deadline = now() + readTimeoutMs;
      const outcome = await call({ method: "POST", tokenId, path: validatePath(validate), body, deadline });
      return toValidateReply(outcome, now());
    },
    read: async (read: ReadCall): Promise<ReadReply> => readAd(readerOf(read.tokenId), read),
    showsOthers: async (read: ReadCall): Promise<boolean> => showsOthers(readerOf(read.tokenId), read),
    readMany: async (reads: readonly ReadCall[]): Promise<ReadReply[]> => {
      const tokenIds = new Set(reads.map(({ tokenId }) => tokenId));
      const [tokenId] = tokenIds;
      if (tokenId === undefined) {
        return [];
      }
      if (tokenIds.size > 1 || reads.length > listingsPerRead) {
        throw new Error(`at most ${listingsPerRead} listings of one token are read at once`);
      }
      return readMany(readerOf(tokenId), reads);
    },
  };
}

const unusableListingId = {
  code: "unusable-listing-id",
  pointer: "/source_id",
  message: "This listing id cannot stand in a path of the API: it is empty, or holds a slash or what could become one.",
};
