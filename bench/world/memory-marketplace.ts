import { noDelays } from "#local/simulator/delay-names.ts";
import { createMarketplace } from "#local/simulator/marketplace.ts";
import type { HttpCall } from "#shared/blocket/http-call.ts";
import { makeRandom, type Random } from "#test/support/histories/random.ts";
import { simulatorHttpCall } from "#test/support/marketplace/simulator-http-call.ts";
import { marketplaceCallMs } from "./assumptions.ts";
import type { World } from "./world.ts";

export type MemoryMarketplaceOptions = {
  seed: number;
  /** By the token: the dealers it is for. */
  tokens: Readonly<Record<string, readonly string[]>>;
  /** How long a write takes until it is published. */
  drawPublishMs: (random: Random) => number;
};

/**
 * The simulator's core in virtual time. A write is published after a time of its own; all else that the marketplace does
 * with it takes none.
 */
export function memoryMarketplace({ engine, processor }: World, options: MemoryMarketplaceOptions) {
  const random = makeRandom(options.seed);
  const counts = { writes: 0, gets: 0 };
  const marketplace = createMarketplace({
    clock: engine.now,
    seed: options.seed,
    tokens: Object.fromEntries(
      Object.entries(options.tokens).map(([token, dealerCodes]) => [
        token,
        { scope: dealerCodes.length > 1 ? ("dealer_group" as const) : ("dealer_code" as const), dealerCodes },
      ]),
    ),
    settings: noDelays,
  });
  const plain = simulatorHttpCall({
    marketplace: {
      handle: (request) =>
        processor.apart(() => {
          counts[request.method === "GET" ? "gets" : "writes"] += 1;
          if (request.method !== "GET") {
            marketplace.addFault({ kind: "stuck", delayMs: Math.round(options.drawPublishMs(random)) });
          }
          return marketplace.handle(request);
        }),
    },
  });
  const httpCall: HttpCall = async (request) => {
    await engine.sleep(marketplaceCallMs / 2);
    const outcome = await plain(request);
    await engine.sleep(marketplaceCallMs / 2);
    return outcome;
  };
  return { httpCall, counts, marketplace };
}

export type MemoryMarketplace = ReturnType<typeof memoryMarketplace>;

/** Half of all within `medianMs`, 95 in 100 within `highMs`, log-normal between and beyond. */
export function logNormal(medianMs: number, highMs: number): (random: Random) => number {
  // The 95th percentile of the normal distribution.
  const sigma = Math.log(highMs / medianMs) / 1.644_853_6;
  return (random) => {
    const radius = Math.sqrt(-2 * Math.log(1 - random.fraction()));
    return medianMs * Math.exp(sigma * radius * Math.cos(2 * Math.PI * random.fraction()));
  };
}
