/**
 * A message body: JSON in which every character is one that SQS takes (it refuses U+FFFE and U+FFFF; emulators also refuse
 * what lies beyond U+FFFF). JSON's own control characters are escaped already.
 */
export function toMessageBody(message: unknown): string {
  return escapeRefused(JSON.stringify(message));
}

/** For text that is not JSON: what SQS refuses becomes visible instead. */
export function toAttributeText(text: string): string {
  return escapeRefused(text).replaceAll(/\p{Cc}/gu, " ");
}

function escapeRefused(text: string): string {
  return text.replaceAll(
    /[\uD800-\uDFFF\uFFFE\uFFFF]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
