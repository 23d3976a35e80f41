import { temporaryDirectory } from "#test/e2e/sandbox-process.ts";
import { apiDown } from "./api-down.ts";
import { busBroken } from "./bus-broken.ts";
import { type Night, openDesk } from "./desk.ts";
import { poisonMessage } from "./poison-message.ts";
import { stalledAd } from "./stalled-ad.ts";
import { tableRestored } from "./table-restored.ts";
import { tokenRevoked } from "./token-revoked.ts";

/** A night that has ended as it should: what was on the screen, by block. */
export type Played = { name: string; alarms: readonly string[]; blocks: Map<string, string> };

export type PlayableNight = { name: string; play(): Promise<Played> };

/** The six nights of `docs/operations.md`, each to be played before a sandbox of its own. */
export const nights: readonly PlayableNight[] = [
  ...[apiDown, tokenRevoked, poisonMessage, stalledAd, busBroken].map((night) => ({
    name: night.name,
    play: () => play(night),
  })),
  { name: "table-restored", play: playWithDirectory },
];

async function play(night: Night, options: { dir?: string } = {}): Promise<Played> {
  await using desk = await openDesk(options);
  await night.play(desk);
  return { name: night.name, alarms: night.alarms, blocks: desk.blocks() };
}

async function playWithDirectory(): Promise<Played> {
  await using directory = await temporaryDirectory();
  return await play(tableRestored(directory.path), { dir: directory.path });
}
