/**
 * What a call or a message is about, as part of a draw's name: the item, else the token, else nothing. Draws named so stay
 * what they are when other items of the history are left out.
 */
export function subjectOf(value: unknown): string {
  if (typeof value === "string") {
    return value;
  }
  if (Array.isArray(value)) {
    return subjectOf(value[0]);
  }
  if (typeof value !== "object" || value === null) {
    return "";
  }
  const { itemId, tokenId, source } = value as Record<string, unknown>;
  if (typeof itemId === "string") {
    return itemId;
  }
  // An ad names its item in its key, a queue message in its event's data, an ad event in its metadata.
  for (const name of ["key", "event", "data", "item", "metadata"] as const) {
    const inner: unknown = (value as Record<string, unknown>)[name];
    const subject = typeof inner === "object" ? subjectOf(inner) : "";
    if (subject !== "") {
      return subject;
    }
  }
  return typeof tokenId === "string" ? tokenId : typeof source === "string" ? source : "";
}
