/** Version 00 of W3C Trace Context: the one whose form is known, so that nothing but hexadecimal digits can hide in it. */
const form = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The first of several that is a W3C `traceparent`. Whatever else stands there is ignored: a trace is never worth an event. */
export function readTraceparent(...values: unknown[]): string | undefined {
  return values.find((value): value is string => typeof value === "string" && form.test(value));
}
