import type { Stage } from "#local/bridge/stage/open-stage.ts";
import { anyToken, type Lane } from "#shared/ad/lane.ts";

/** All lanes of the stage that are not in order: the dealers a person has paused, then by token. */
export async function listLanes({ ports }: Stage): Promise<Lane[]> {
  const tokenIds = [anyToken, ...(await ports.tokens.listTokenIds())];
  return (await Promise.all(tokenIds.map((tokenId) => ports.lanes.load(tokenId)))).flat();
}
