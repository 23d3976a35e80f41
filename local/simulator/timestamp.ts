import type { QuirkValues } from "./quirks.ts";

const offsetMs = { Z: 0, "+00:00": 0, "+01:00": 3_600_000 } as const;

/** ISO 8601, cut to 0, 3 or 6 digits of a second: `2025-01-15T10:00:00Z`, or with the offset of a zone behind it. */
export function formatTimestamp(ms: number, digits: 0 | 3 | 6, zone: QuirkValues["timestampZone"] = "Z"): string {
  const iso = new Date(ms + offsetMs[zone]).toISOString();
  if (digits === 0) return `${iso.slice(0, -5)}${zone}`;
  return digits === 3 ? `${iso.slice(0, -1)}${zone}` : `${iso.slice(0, -1)}000${zone}`;
}
