import { beforeEach, describe, expect, it } from "vitest";
import { dynamoValuesTable } from "#shared/aws/dynamo-values-table.ts";
import { RetryableError } from "#shared/contracts/errors.ts";
import type { VehicleValues } from "#shared/contracts/known-values.ts";
import type { ValuesTable } from "#shared/steps/ports.ts";
import { fakeValuesTable } from "#test/support/aws/fake-values-table.ts";
import { localTables } from "#test/support/aws/local-tables.ts";

const openTable = localTables();

async function onDynamoDb(): Promise<ValuesTable> {
  return dynamoValuesTable(await openTable());
}

const brands = Array.from({ length: 100 }, (_, n) => ({ id: `brand-${n}`, name: `Märke ${n}` }));
const models = Object.fromEntries(brands.map(({ id }) => [id, brands]));
const car: VehicleValues = { vehicleType: "car", fetchedAt: 17, attributes: { brand: brands }, models };
const boat: VehicleValues = { vehicleType: "boat", fetchedAt: 18, attributes: {}, models: {} };

describe.each<[string, () => Promise<ValuesTable>]>([
  ["fakeValuesTable", async () => fakeValuesTable()],
  ["dynamoValuesTable", onDynamoDb],
])("%s", (_, open) => {
  let table: ValuesTable;
  beforeEach(async () => {
    table = await open();
  });

  it("gives back every type's values as last saved, ten thousand models among them", async () => {
    expect(await table.loadAll()).toEqual([]);
    await table.save({ ...car, attributes: {} });
    await table.save(boat);
    await table.save(car);
    const all = await table.loadAll();
    expect(all.toSorted((a, b) => a.fetchedAt - b.fetchedAt)).toEqual([car, boat]);
  });

  it("keeps one record of the refresh, which only its last reader changes", async () => {
    expect(await table.loadRefresh()).toBeNull();
    const record = { place: 3, failures: 1, dueAt: 5_000, revision: 0 };
    expect(await table.saveRefresh(record)).toBe("saved");
    expect(await table.saveRefresh(record)).toBe("conflict");
    expect(await table.loadRefresh()).toEqual({ ...record, revision: 1 });
    expect(await table.saveRefresh({ ...record, place: 4, revision: 1 })).toBe("saved");
    expect(await table.loadRefresh()).toEqual({ ...record, place: 4, revision: 2 });
  });
});

describe("dynamoValuesTable without a table", () => {
  it("fails in a way that may be tried again", async () => {
    const { client } = await openTable();
    const table = dynamoValuesTable({ client, tableName: "nowhere" });
    await expect(table.loadAll()).rejects.toThrow(RetryableError);
    await expect(table.save(boat)).rejects.toThrow(RetryableError);
  });
});
