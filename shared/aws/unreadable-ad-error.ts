import type { AdKey } from "#shared/ad/ad.ts";
import { loggedId } from "#shared/lambda/logged-id.ts";

/**
 * The item of an ad is of no form that this version knows. The message goes to logs, and an item's id may be a plate: it names
 * the item as log lines name what a source has chosen. `key` is for whoever asked, `reason` holds nothing of the ad.
 */
export class UnreadableAdError extends Error {
  override readonly name = "UnreadableAdError";
  readonly key: AdKey;
  readonly reason: string;

  constructor(key: AdKey, cause: unknown) {
    const reason = reasonOf(cause);
    const name = "source" in key ? `of the source ${key.source}` : `${key.dealerCode}/${loggedId(key.itemId)}`;
    super(`the ad ${name} cannot be read from the table: ${reason}`, { cause });
    this.key = key;
    this.reason = reason;
  }
}

/** A parser quotes the text that it could not read, which is the ad's. */
function reasonOf(cause: unknown): string {
  if (cause instanceof SyntaxError) {
    return "its text is not JSON";
  }
  return cause instanceof Error ? cause.message : "unknown";
}
