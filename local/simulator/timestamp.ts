/** ISO 8601 in UTC, cut to 0, 3 or 6 digits of a second: `2025-01-15T10:00:00Z`. */
export function formatTimestamp(ms: number, digits: 0 | 3 | 6): string {
  const iso = new Date(ms).toISOString();
  if (digits === 0) return `${iso.slice(0, -5)}Z`;
  return digits === 3 ? iso : `${iso.slice(0, -1)}000Z`;
}
