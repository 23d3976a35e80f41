import { poll } from "#functions/poll/poll.ts";
import { submit } from "#functions/submit/submit.ts";
import type { ReadCall } from "#shared/ad/marketplace.ts";
import { makeWorld, type World, type WorldOptions } from "#test/support/world/make-world.ts";
import { carDocument, upsert } from "#test/support/world/wishes.ts";

export const second = 1_000;
export const minute = 60 * second;
export const tokenId = "demo-group";

/** A world in which the test runs each round itself, and sees every read. */
export function makePollWorld(options: WorldOptions = {}) {
  const world = makeWorld(options);
  const reads: string[][] = [];
  const failures: unknown[] = [];
  const { marketplace } = world.ports;
  world.ports.marketplace = {
    ...marketplace,
    readMany: (calls: readonly ReadCall[]) => {
      reads.push(calls.map(({ listingId }) => listingId));
      return marketplace.readMany(calls);
    },
  };
  world.ports.logFailure = (error) => void failures.push(error);
  return { ...world, reads, failures };
}

export type PollWorld = ReturnType<typeof makePollWorld>;

/** Has a car accepted by the marketplace: it is then read in every round. */
export async function submitCar(world: World, itemId: string, id = "1"): Promise<void> {
  const message = upsert(world, { id, itemId, vehicleType: "car", ad: carDocument("ABC123") });
  await submit(world.ports, message, { remainingMs: () => minute });
}

/** The chain's row; throws where there is none. */
export function chainOf({ chains }: World, name = tokenId) {
  const chain = chains.chains().find((row) => row.tokenId === name);
  if (chain === undefined) {
    throw new Error(`there is no chain ${name}`);
  }
  return chain;
}

/** Runs the round that is the chain's next, as if its message had come now. */
export async function runNextRound(world: World, name = tokenId): Promise<void> {
  await poll(world.ports, { version: 1, kind: "round", tokenId: name, round: chainOf(world, name).round });
}

export const tick = (world: World) => poll(world.ports, { version: 1, kind: "tick" });

export const typesTold = ({ bus }: World) => bus.published().map(({ type }) => type);

/** How many "go on" messages lie in the submit queue. */
export const goOns = ({ submitQueue }: World) => submitQueue.messages().filter(({ kind }) => kind === "go-on").length;
