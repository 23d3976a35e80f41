import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { Ad } from "#shared/ad/ad.ts";
import { formatAdKey } from "#shared/ad/ad-key.ts";
import { type Condition, type Item, isUnchanged } from "./condition.ts";

/**
 * An ad as its item. `version`, `tokenId` and `dueAt` are attributes of their own (a condition and the index need them),
 * the documents are compressed, all else is one JSON text.
 */
export function toAdItem(ad: Ad, dueAt: number | null): Item {
  const { documents, version, ...rest } = ad;
  const item: Item = {
    pk: { S: formatAdKey(ad.key) },
    sk: { S: "ad" },
    version: { N: String(version + 1) },
    ad: { S: JSON.stringify(rest) },
  };
  if (Object.keys(documents).length > 0) {
    item.documents = { B: deflateRawSync(JSON.stringify(documents)) };
  }
  if (dueAt !== null) {
    item.tokenId = { S: ad.tokenId };
    item.dueAt = { N: String(dueAt) };
  }
  return item;
}

/** An ad is stored only over the version it was read as: what makes each save a transaction. */
export function saveCondition({ version }: Ad): Condition {
  return isUnchanged("version", version);
}

export function fromAdItem(item: Item): Ad {
  const documents = item.documents?.B;
  return {
    ...JSON.parse(item.ad?.S ?? ""),
    version: Number(item.version?.N),
    documents: documents === undefined ? {} : JSON.parse(inflateRawSync(documents).toString()),
  };
}
