import { type DelayName, delayNames } from "./delay-names.ts";
import { defaultSettings, type SettingsPatch } from "./settings.ts";

const units = { ms: 1, s: 1_000, m: 60_000 } as const;

function readSpan(text: string): number {
  const [, amount, unit] = /^(\d{1,9}(?:\.\d{1,3})?)(ms|s|m)$/.exec(text) ?? [];
  return unit === undefined ? Number.NaN : Number(amount) * units[unit as keyof typeof units];
}

/** What stands between the acceptance of a visible ad with images and its publication. */
const wayToPublication: readonly DelayName[] = [
  "queueDelayMs",
  "processingDelayMs",
  "pauseDelayMs",
  "mediaDelayMs",
  "pauseDelayMs",
  "publishDelayMs",
];

const defaultWayMs = wayToPublication.reduce((sum, name) => sum + defaultSettings[name], 0);

/**
 * The delays by which a visible ad with images is published after `2s`, or after a time in between for `5s-2m`; all
 * delays become longer or shorter alike. Null for what says no such time.
 */
export function readLatency(text: string): SettingsPatch | null {
  const [shortest = "", longest = shortest, ...rest] = text.split("-");
  const leastMs = readSpan(shortest);
  const mostMs = readSpan(longest);
  if (rest.length > 0 || !(leastMs <= mostMs)) return null;
  if (leastMs === 0 && mostMs > 0) return null;
  const delays = delayNames.map((name) => [name, Math.round((defaultSettings[name] * leastMs) / defaultWayMs)]);
  const delayJitter = leastMs === 0 ? 0 : Math.min(100, mostMs / leastMs - 1);
  return { ...Object.fromEntries(delays), delayJitter };
}
