import type { ApiRequest, Reply } from "#local/simulator/exchange.ts";
import type { JobFault } from "#local/simulator/faults.ts";
import type { JsonObject } from "#local/simulator/json.ts";
import { adKey, type MarketplaceState, type StoredAd } from "#local/simulator/state.ts";
import type { TokenGrant } from "#local/simulator/tokens.ts";
import { isOfType } from "#local/simulator/v3-categories.ts";
import type { VehicleType } from "#shared/contracts/vehicle-types.ts";

/** One authenticated request with what its path says. */
export interface Call {
  state: MarketplaceState;
  request: ApiRequest;
  grant: TokenGrant;
  query: URLSearchParams;
  /** Null on the generic `/v4/ad` paths. */
  vehicleType: VehicleType | null;
  /** What stands in the place of each `{name}` of the path, decoded. */
  params: Readonly<Record<string, string>>;
  /** `{}` for an operation that takes none. */
  body: JsonObject;
  /** Spoils the work that the request starts. */
  jobFault: JobFault | null;
}

export type Operation = (call: Call) => Reply;

/**
 * The ad that the path means. A path carries no dealer: where two dealers of a group hold the same `source_id`, the
 * one updated last is meant, and among equals the one created last.
 */
export function findAd({ state, grant, vehicleType, params }: Call): StoredAd | null {
  let found: StoredAd | null = null;
  for (const dealerCode of grant.dealerCodes) {
    const ad = state.ads.get(adKey(dealerCode, params.source_id ?? ""));
    if (ad === undefined || (vehicleType !== null && !isOfType(ad, vehicleType))) continue;
    if (found === null || isNewer(ad, found)) found = ad;
  }
  return found;
}

function isNewer(ad: StoredAd, other: StoredAd): boolean {
  return ad.updatedAt > other.updatedAt || (ad.updatedAt === other.updatedAt && ad.createdAt > other.createdAt);
}
