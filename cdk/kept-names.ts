import type { StageSettings } from "#cdk/stages.ts";

/** The sparse index over `tokenId` and `dueAt` in which all ads are that have work left. */
export const dueIndex = "due";

/** The names of what is kept: fixed, so that one stack can speak of it without locking the other. */
export type KeptNames = { adsTable: string; eventBus: string; sourcesSecret: string; tokensSecret: string };

export function keptNames({ name }: StageSettings): KeptNames {
  return {
    adsTable: `${name}-ads`,
    eventBus: name,
    sourcesSecret: `${name}/sources`,
    tokensSecret: `${name}/tokens`,
  };
}
