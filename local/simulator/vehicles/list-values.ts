import type { Call } from "#local/simulator/api/call.ts";
import { jsonReply, notFound, type Reply, refusal } from "#local/simulator/exchange.ts";
import { notAChoice, required } from "#local/simulator/schema/issue-text.ts";
import { isVehicleType } from "#shared/contracts/vehicle-types.ts";
import { type NamedValue, sampleAttributes, sampleModels, sampleValues } from "./sample-values.ts";

/** The documented body is a bare list, so a header has to say that its values are none to rely on. */
function sampleReply(values: NamedValue[]): Reply {
  return jsonReply(200, values, { "x-simulator-values": "samples" });
}

export function listAttributes({ params }: Call): Reply {
  const vehicleType = params.vehicle_type ?? "";
  return isVehicleType(vehicleType) ? sampleReply(sampleAttributes(vehicleType)) : notFound();
}

export function listValues({ params }: Call): Reply {
  const { vehicle_type: vehicleType = "", attribute = "" } = params;
  if (!isVehicleType(vehicleType)) return notFound();
  const values = sampleValues(vehicleType);
  return Object.hasOwn(values, attribute) ? sampleReply(values[attribute] ?? []) : notFound();
}

export function listModels({ query }: Call): Reply {
  const brand = query.get("brand") ?? "";
  if (brand === "") return refusal({ brand: [required] });
  if (!Object.hasOwn(sampleModels, brand)) return refusal({ brand: [notAChoice(brand)] });
  return sampleReply(sampleModels[brand] ?? []);
}
