import { isVehicleType, type VehicleType } from "#shared/contracts/vehicle-types.ts";
import type { Operation } from "./call.ts";
import { boostAd, bumpAd } from "./charged-calls.ts";
import { createAd } from "./create-ad.ts";
import { deleteAd } from "./delete-ad.ts";
import { getAd } from "./get-ad.ts";
import { listAds } from "./list-ads.ts";
import { listLog } from "./list-log.ts";
import { updateAd } from "./update-ad.ts";
import { validateAd } from "./validate-ad.ts";

export interface Route {
  /** By method. */
  operations: Record<string, Operation>;
  vehicleType: VehicleType | null;
  sourceId: string;
}

const onGenericAd = { GET: getAd, DELETE: deleteAd };
const onTypedAd = { ...onGenericAd, PUT: updateAd, PATCH: updateAd };
const onAnyAd: Record<string, Record<string, Operation>> = {
  bump: { GET: bumpAd },
  pole_position: { GET: boostAd },
};
const onAd: Record<string, Record<string, Operation>> = { ...onAnyAd, log: { GET: listLog } };

/** A segment that is no valid percent-encoding is taken as it stands, and so names nothing. */
function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function chooseOperations(isTyped: boolean, sourceId: string | undefined, action: string | undefined) {
  if (sourceId === undefined) return isTyped ? { GET: listAds, POST: createAd } : { GET: listAds };
  if (action !== undefined) {
    const actions = isTyped ? onAnyAd : onAd;
    return Object.hasOwn(actions, action) ? actions[action] : undefined;
  }
  if (!isTyped) return onGenericAd;
  return sourceId === "validate" ? { ...onTypedAd, POST: validateAd } : onTypedAd;
}

/** What a path leads to; null for one that leads nowhere. One slash at the end makes no difference. */
export function matchRoute(path: string): Route | null {
  const [root, version, collection, source, action, ...rest] = path.replace(/(?<=.)\/$/, "").split("/");
  if (root !== "" || version !== "v4" || collection === undefined || source === "" || rest.length > 0) return null;
  const vehicleType = isVehicleType(collection) ? collection : null;
  if (vehicleType === null && collection !== "ad") return null;
  const operations = chooseOperations(vehicleType !== null, source, action);
  if (operations === undefined) return null;
  return { operations, vehicleType, sourceId: source === undefined ? "" : decodeSegment(source) };
}
