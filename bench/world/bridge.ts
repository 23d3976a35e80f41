import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type { Heard } from "./memory-clients.ts";
import type { MemoryMarketplace } from "./memory-marketplace.ts";
import type { World } from "./world.ts";

/** What a bridge is put into. `tokens` as the tokens' secret has them. */
export type Surroundings = {
  world: World;
  marketplace: MemoryMarketplace;
  tokens: readonly { tokenId: string; token: string; scope: "dealer_code" | "dealer_group"; dealers: string[] }[];
  /** Told of every event that listeners get. */
  hear: (heard: Heard) => void;
};

/** A bridge in virtual time, the real one or the reference: it takes webhooks. */
export type Bridge = { post(event: APIGatewayProxyEventV2): Promise<number> };
