import { defaultSettings, type Settings } from "./settings.ts";

export type DelayName = Extract<keyof Settings, `${string}DelayMs`>;

export const delayNames = Object.keys(defaultSettings).filter((name): name is DelayName => name.endsWith("DelayMs"));
