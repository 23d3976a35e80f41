import { deflateSync, inflateRawSync, inflateSync } from "node:zlib";
import type { Ad } from "#shared/ad/ad.ts";
import { formatAdKey, parseAdKey } from "#shared/ad/ad-key.ts";
import { adDictionary as dictionary } from "./ad-dictionary.ts";
import { type Condition, type Item, isUnchanged } from "./condition.ts";

/**
 * An ad as its item. `version`, `tokenId` and `dueAt` are attributes of their own (a condition and the index need them); all
 * the rest is one JSON text, stored as zlib's difference to what ads have in common.
 */
export function toAdItem(ad: Ad, dueAt: number | null): Item {
  const { version, key, ...rest } = ad;
  return {
    pk: { S: formatAdKey(key) },
    sk: { S: "ad" },
    version: { N: String(version + 1) },
    ad: { B: deflateSync(JSON.stringify(rest), { dictionary }) },
    ...(dueAt !== null && { tokenId: { S: ad.tokenId }, dueAt: { N: String(dueAt) } }),
  };
}

/** An ad is stored only over the version it was read as: what makes each save a transaction. */
export function saveCondition({ version }: Ad): Condition {
  return isUnchanged("version", version);
}

export function fromAdItem(item: Item): Ad {
  if (item.ad?.S !== undefined) {
    return fromPlainItem(item, item.ad.S);
  }
  const text = inflateSync(item.ad?.B ?? "", { dictionary }).toString();
  return { ...JSON.parse(text), key: parseAdKey(item.pk?.S ?? ""), version: Number(item.version?.N) };
}

/** As version 0.1.0 stored an ad: the text as it is, the documents apart. The next save writes it anew. */
function fromPlainItem(item: Item, text: string): Ad {
  const documents = item.documents?.B;
  return {
    ...JSON.parse(text),
    version: Number(item.version?.N),
    documents: documents === undefined ? {} : JSON.parse(inflateRawSync(documents).toString()),
  };
}
