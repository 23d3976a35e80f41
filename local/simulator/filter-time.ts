import type { QuirkValues } from "./quirks.ts";

const pattern = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;

const stockholm = new Intl.DateTimeFormat("en", { timeZone: "Europe/Stockholm", timeZoneName: "longOffset" });

function offsetAt(ms: number): number {
  const name = stockholm.formatToParts(ms).find(({ type }) => type === "timeZoneName")?.value ?? "";
  const [, sign = "+", hours = "0", minutes = "0"] = /([+-])(\d\d):(\d\d)$/.exec(name) ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

/** A time of a date filter, `YYYY-MM-DD HH:MM:SS`, as ms since 1970 on the clock of a zone. NaN for what is no time. */
export function parseFilterTime(text: string, zone: QuirkValues["filterTimeZone"]): number {
  const asUtc = pattern.test(text) ? Date.parse(`${text.replace(" ", "T")}Z`) : Number.NaN;
  if (zone === "UTC" || Number.isNaN(asUtc)) return asUtc;
  // The offset belongs to the instant that is looked for: close to a change of the clocks, the first guess may miss it.
  return asUtc - offsetAt(asUtc - offsetAt(asUtc));
}
