import type { JsonObject } from "#local/simulator/json.ts";
import { drawUuid } from "#local/simulator/random.ts";
import type { MarketplaceState, StoredAd } from "#local/simulator/state.ts";
import { type VehicleType, vehicleTypes } from "#shared/contracts/vehicle-types.ts";

export interface Beginning {
  vehicleType: VehicleType;
  /** One that the type has; absent for the usual one. */
  categoryId?: number;
  sourceId: string;
  dealerCode: string;
  document: JsonObject;
}

/** An ad as it is when nothing has become of it yet; not entered into the state. */
export function newAd(state: MarketplaceState, beginning: Beginning): StoredAd {
  const { vehicleType, categoryId, sourceId, dealerCode, document } = beginning;
  const isUsual = categoryId === undefined || categoryId === vehicleTypes[vehicleType].categoryId;
  return {
    id: drawUuid(state),
    sourceId,
    dealerCode,
    vehicleType,
    ...(!isUsual && { categoryId }),
    state: "created",
    isDeleteAccepted: false,
    document,
    liveDocument: null,
    imageRefs: [],
    blocketAdId: null,
    offerId: null,
    polePositionUntil: null,
    createdAt: state.now,
    updatedAt: state.now,
    log: [],
    earlierRows: [],
    tasks: [],
    lastRequestId: null,
    steps: [],
  };
}
