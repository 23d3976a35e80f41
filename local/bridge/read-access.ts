import { readPort } from "#local/sandbox/read-settings.ts";
import { defaultPorts, sandboxSecret, sandboxSource, tokens } from "#local/sandbox/sandbox-constants.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** Where the bridge and the marketplace are, and what opens them. */
export type Access = {
  bridgeUrl: string;
  source: string;
  secret: string;
  marketplaceUrl: string;
  /** The marketplace's token for a dealer; null when there is none. */
  tokenOf(dealerCode: string): string | null;
};

/**
 * Reads `BRIDGE_URL`, `BRIDGE_SOURCE`, `BRIDGE_SECRET`, `MARKETPLACE_URL` and `BLOCKET_TOKEN`; what is not named is the
 * sandbox's. A secret comes from the environment and never from the command line, where a shell's history would keep it.
 * Throws one sentence.
 */
export function readAccess(env: Environment): Access {
  if (env.BRIDGE_URL && !(env.BRIDGE_SOURCE && env.BRIDGE_SECRET)) {
    throw new Error("BRIDGE_URL needs BRIDGE_SOURCE and BRIDGE_SECRET beside it: how the events are to be signed");
  }
  if (env.MARKETPLACE_URL && !env.BLOCKET_TOKEN) {
    throw new Error("MARKETPLACE_URL needs BLOCKET_TOKEN beside it");
  }
  const simulatorPort = readPort(env, "SIMULATOR_PORT", defaultPorts.simulator);
  return {
    bridgeUrl: (env.BRIDGE_URL || `http://127.0.0.1:${readPort(env, "PORT", defaultPorts.bridge)}`).replace(/\/$/, ""),
    source: env.BRIDGE_SOURCE || sandboxSource,
    secret: env.BRIDGE_SECRET || sandboxSecret,
    marketplaceUrl: env.MARKETPLACE_URL || `http://127.0.0.1:${simulatorPort}/pro-import-api`,
    tokenOf: (dealerCode) =>
      env.BLOCKET_TOKEN || (tokens.find(({ dealers }) => dealers.includes(dealerCode))?.token ?? null),
  };
}
