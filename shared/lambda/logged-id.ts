import { createHash } from "node:crypto";

/** UUIDs and ULIDs: whoever drew one put nothing into it. */
const drawn = /^(?:(?:urn:uuid:)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-7][0-9a-hjkmnp-tv-z]{25})$/i;

/**
 * An id that a source has chosen, as a log line may carry it: itself where it was drawn, else the beginning of its SHA-256. A
 * plate, a chassis number or a telephone number is a fine id too, and no pattern of letters and digits keeps those out.
 */
export function loggedId(id: string): string {
  return drawn.test(id) ? id : `sha256:${createHash("sha256").update(id).digest("hex").slice(0, 16)}`;
}
