import type { Colors } from "picocolors/types.js";
import type { Mark } from "./ad-way.ts";
import type { Way } from "./play-stock.ts";

type Format = { startedAt: number; colors: Colors };

/** An ad's way as lines for the terminal, its times in seconds since `startedAt`. */
export function formatWay({ item, marks, missing }: Way, format: Format): string {
  const { colors } = format;
  const title = `${colors.bold(`${item.dealerCode}/${item.itemId}`)}  ${colors.dim(item.about)}`;
  const lines = marks.map((mark) => formatMark(mark, format));
  const absent = missing.map(({ expect, eventId }) =>
    colors.red(`  ${"".padStart(8)}  missing     ${expect} for ${eventId}`),
  );
  return [title, ...lines, ...absent, ""].join("\n");
}

function formatMark({ at, where, text, bad }: Mark, { startedAt, colors }: Format): string {
  const seconds = (at - startedAt) / 1000;
  // Repeats of what an earlier sandbox on the same directory did are older than this one.
  const time = seconds < 0 ? "earlier" : `${seconds.toFixed(2)} s`;
  const line = `${where.padEnd(10)}  ${text}`;
  const tone = bad ? colors.yellow : where === "ad event" ? colors.green : (plain: string) => plain;
  return `  ${colors.dim(time.padStart(8))}  ${tone(line)}`;
}
