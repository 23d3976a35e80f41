import { createHash, timingSafeEqual } from "node:crypto";
import type { Source } from "#shared/contracts/secrets.ts";

/** Whether an `X-API-Key` is one of the source's. */
export function isApiKeyOf(source: Source, given: string): boolean {
  return isAmong(source.apiKeys ?? [], given);
}

/** Whether an `Authorization` header holds one of the source's logins (RFC 7617, in UTF-8). */
export function isLoginOf(source: Source, header: string): boolean {
  const [, encoded = ""] = /^basic +([A-Za-z0-9+/]+={0,2}) *$/i.exec(header) ?? [];
  const logins = (source.basicLogins ?? []).map(({ username, password }) => `${username}:${password}`);
  return isAmong(logins, Buffer.from(encoded, "base64").toString());
}

/** Each candidate is looked at, and as hashes of one length: the time taken tells neither which one is near nor how near. */
function isAmong(candidates: readonly string[], given: string): boolean {
  const hash = hashOf(given);
  return candidates.map((candidate) => timingSafeEqual(hashOf(candidate), hash)).includes(true);
}

function hashOf(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
