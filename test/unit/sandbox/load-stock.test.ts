import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { loadStock } from "#local/sandbox/load-stock.ts";
import { sources } from "#local/sandbox/sandbox-constants.ts";
import { checkFields } from "#shared/contracts/field-error.ts";
import { type InventoryEventType, inventoryDataSchemas } from "#shared/contracts/inventory-event.ts";

const folder = resolve(import.meta.dirname, "..", "..", "..", "local", "samples");
const files = readdirSync(folder).filter((file) => file !== "stock.json");

type Sample = { id: string; type: InventoryEventType; data: { dealerCode: string; vehicleType?: string } };
const readSample = (file: string): Sample => JSON.parse(readFileSync(join(folder, file), "utf8"));

describe("the sample stock", () => {
  const stock = loadStock();

  it("has at least eight items of six vehicle types, with every ending a newcomer should see", () => {
    const types = files.map((file) => readSample(file).data.vehicleType).filter((type) => type !== undefined);
    expect(stock.length).toBeGreaterThanOrEqual(8);
    expect(new Set(types).size).toBeGreaterThanOrEqual(6);
    const endings = new Set(stock.flatMap(({ steps }) => steps.map(({ expect }) => expect)));
    expect([...endings].sort()).toEqual(["AdDeleted", "AdErrored", "AdPublished", "AdUpdated"]);
  });

  it.each(files)("%s is a valid inventory event of a dealer that the sandbox's source speaks for", (file) => {
    const { type, data } = readSample(file);
    expect(checkFields(inventoryDataSchemas[type], data)).toMatchObject({ ok: true });
    expect(sources.sandbox?.dealers).toContain(data.dealerCode);
  });

  it("gives every event an id of its own", () => {
    const ids = files.map((file) => readSample(file).id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
