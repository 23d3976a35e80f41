import { createHmac, createSecretKey, timingSafeEqual } from "node:crypto";

/** `content` is what the signature covers: of a POST the body's bytes. */
export type SignedRequest = { headers: Readonly<Record<string, string>>; content: Buffer };

/** `unsigned`: a header is missing or unreadable. `stale`: the clocks are too far apart. `forged`: no secret fits. */
export type Verification = "valid" | "unsigned" | "stale" | "forged";

/** How far `webhook-timestamp` may lie from our clock, either way. */
const toleranceSeconds = 5 * 60;

/**
 * Verifies a request as Standard Webhooks 1.0 signs it: HMAC-SHA256 over `<webhook-id>.<webhook-timestamp>.<content>`. One of
 * the signatures has to fit one of the secrets. Header names are expected in lower case; `now` is epoch ms.
 *
 * Not the `standardwebhooks` package, which signs a string: bytes that are not UTF-8 become U+FFFD there, so that different
 * bodies share one signature. It also reads the clock itself and takes "1700000000x" for a timestamp.
 */
export function verifySignature(request: SignedRequest, secrets: readonly string[], now: number): Verification {
  const id = request.headers["webhook-id"];
  const timestamp = request.headers["webhook-timestamp"];
  const given = request.headers["webhook-signature"];
  if (!id || !given || timestamp === undefined || !/^\d{1,12}$/.test(timestamp)) {
    return "unsigned";
  }
  if (Math.abs(now / 1000 - Number(timestamp)) > toleranceSeconds) {
    return "stale";
  }
  const signatures = given.split(" ").filter((signature) => signature.startsWith("v1,"));
  const fits = secrets.some((secret) => {
    const expected = Buffer.from(`v1,${sign(secret, `${id}.${timestamp}.`, request.content)}`);
    return signatures.some((signature) => isSame(Buffer.from(signature), expected));
  });
  return fits ? "valid" : "forged";
}

function sign(secret: string, prefix: string, content: Buffer): string {
  // Given bytes, `createHmac` first tries whether they are a key object, at more than the price of the HMAC.
  const key = createSecretKey(secret.replace(/^whsec_/, ""), "base64");
  return createHmac("sha256", key).update(prefix).update(content).digest("base64");
}

/** The texts are compared, not what they decode to: base64 has several spellings of the same bytes. */
function isSame(left: Buffer, right: Buffer): boolean {
  return left.length === right.length && timingSafeEqual(left, right);
}
