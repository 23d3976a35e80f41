import { inflateRawSync } from "node:zlib";
import type { Ad } from "#shared/ad/ad.ts";
import { formatAdKey, parseAdKey } from "#shared/ad/ad-key.ts";
import { packAdText, unpackAdText } from "./ad-text.ts";
import { type Condition, type Item, isUnchanged } from "./condition.ts";
import { UnreadableAdError } from "./unreadable-ad-error.ts";

/**
 * An ad as its item. `version`, `tokenId` and `dueAt` are attributes of their own (a condition and the index need them); all
 * the rest is one packed JSON text.
 */
export function toAdItem(ad: Ad, dueAt: number | null): Item {
  const { version, key, ...rest } = ad;
  return {
    pk: { S: formatAdKey(key) },
    sk: { S: "ad" },
    version: { N: String(version + 1) },
    ad: { B: packAdText(JSON.stringify(rest)) },
    ...(dueAt !== null && { tokenId: { S: ad.tokenId }, dueAt: { N: String(dueAt) } }),
  };
}

/** An ad is stored only over the version it was read as: what makes each save a transaction. */
export function saveCondition({ version }: Ad): Condition {
  return isUnchanged("version", version);
}

/** Throws an `UnreadableAdError` where its item is of no known form. */
export function fromAdItem(item: Item): Ad {
  const key = parseAdKey(item.pk?.S ?? "");
  try {
    const ad = item.ad?.S === undefined ? readText(item) : readPlainText(item, item.ad.S);
    return { ...ad, key, version: Number(item.version?.N) };
  } catch (cause) {
    throw new UnreadableAdError(key, cause);
  }
}

type Rest = Omit<Ad, "key" | "version">;

function readText({ ad }: Item): Rest {
  return JSON.parse(unpackAdText(ad?.B ?? new Uint8Array()));
}

/** As version 0.1.0 stored an ad: the text as it is, the documents apart. The next save writes it anew. */
function readPlainText({ documents }: Item, text: string): Rest {
  const packed = documents?.B;
  return { ...JSON.parse(text), documents: packed === undefined ? {} : JSON.parse(inflateRawSync(packed).toString()) };
}
