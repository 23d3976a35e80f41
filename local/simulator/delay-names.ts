import { defaultSettings, type Settings } from "./settings.ts";

export type DelayName = Extract<keyof Settings, `${string}DelayMs`>;

export const delayNames = Object.keys(defaultSettings).filter((name): name is DelayName => name.endsWith("DelayMs"));

/** For who wants the marketplace to have done a thing as soon as it is asked for it. */
export const noDelays = Object.fromEntries(delayNames.map((name) => [name, 0])) as Record<DelayName, number>;
