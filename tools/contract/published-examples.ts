import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Envelope } from "#shared/contracts/inventory-event.ts";
import type { VehicleType } from "#shared/contracts/vehicle-types.ts";
import type { RuleExample } from "./rule-examples.ts";

const folder = join(import.meta.dirname, "../../docs/examples");

/** The full event that is published as the example of a vehicle type. */
export function readExample(vehicleType: VehicleType): Envelope {
  return JSON.parse(readFileSync(join(folder, `${vehicleType}.json`), "utf8")) as Envelope;
}

/** The published example of a type, the rule's first one unless told, with the rule broken. */
export function breakRule({ types, path, value }: RuleExample, vehicleType = types[0] ?? "car"): Envelope {
  const event = readExample(vehicleType);
  const keys = path.split("/");
  const last = keys.pop() ?? "";
  const parent = keys.reduce((place, key) => {
    place[key] ??= {};
    return place[key] as Place;
  }, event.data as Place);
  if (value === undefined) {
    delete parent[last];
  } else {
    parent[last] = value;
  }
  return event;
}

type Place = Record<string, unknown>;
