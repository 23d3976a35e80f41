import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { validateEvent } from "#functions/receive/validate-event.ts";
import { sources } from "#local/sandbox/sandbox-constants.ts";
import { sampleModels, sampleValues } from "#local/simulator/vehicles/sample-values.ts";
import { indexValues } from "#shared/contracts/known-values.ts";
import { vehicleTypeNames } from "#shared/contracts/vehicle-types.ts";

const root = resolve(import.meta.dirname, "../../..");
const filesIn = (folder: string) => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`);
const files = [...filesIn("local/samples"), ...filesIn("docs/examples")].filter((file) => !file.endsWith("stock.json"));

/** As the sandbox's bridge has them once it has asked the simulator. */
const known = indexValues(
  vehicleTypeNames.map((vehicleType) => ({
    vehicleType,
    fetchedAt: 0,
    attributes: sampleValues(vehicleType),
    models: vehicleType === "car" ? sampleModels : {},
  })),
);

describe("with the values that the simulator lists", () => {
  it.each(files)("the door takes %s, so that it is the marketplace that answers", (file) => {
    const event = JSON.parse(readFileSync(join(root, file), "utf8"));
    const arrival = { dealers: sources.sandbox?.dealers ?? [], listingIds: "uuid", source: "sandbox" } as const;
    const verdict = validateEvent(event, { ...arrival, receivedAt: 0, place: 0 }, { known, mostPictures: 38 });
    expect(verdict).toMatchObject({ kind: "valid" });
  });
});
