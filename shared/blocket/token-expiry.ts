import { Buffer } from "node:buffer";
import type { Token } from "#shared/contracts/secrets.ts";

/**
 * When a token ends (epoch ms): what the token itself says or the day that its secret gives, whichever is earlier; null where
 * neither says.
 */
export function tokenExpiry({ token, expiresOn }: Pick<Token, "token" | "expiresOn">): number | null {
  const ends = [readClaim(token), expiresOn === undefined ? null : Date.parse(expiresOn)].filter((end) => end !== null);
  return ends.length === 0 ? null : Math.min(...ends);
}

/** The `exp` of a JWT. Only read, never verified: that is the marketplace's part. */
function readClaim(token: string): number | null {
  const [, payload = ""] = token.split(".");
  const { exp } = parseClaims(Buffer.from(payload, "base64url").toString());
  return typeof exp === "number" && Math.abs(exp) < 8.64e12 ? exp * 1_000 : null;
}

function parseClaims(text: string): { exp?: unknown } {
  try {
    return (JSON.parse(text) ?? {}) as { exp?: unknown };
  } catch {
    // Not a JWT: it may still be a token.
    return {};
  }
}
