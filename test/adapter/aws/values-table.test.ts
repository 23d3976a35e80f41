import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createAdsTable } from "#local/emulators/create-ads-table.ts";
import { localClient } from "#local/emulators/local-client.ts";
import { startDynamodb } from "#local/emulators/start-dynamodb.ts";
import { dynamoValuesTable } from "#shared/aws/dynamo-values-table.ts";
import { RetryableError } from "#shared/contracts/errors.ts";
import type { VehicleValues } from "#shared/contracts/known-values.ts";
import type { ValuesTable } from "#shared/steps/ports.ts";
import { fakeValuesTable } from "#test/support/aws/fake-values-table.ts";

let dynamodb: Awaited<ReturnType<typeof startDynamodb>>;
let tables = 0;

beforeAll(async () => {
  dynamodb = await startDynamodb();
});
afterAll(() => dynamodb.close());

async function onDynamoDb(): Promise<ValuesTable> {
  tables += 1;
  const tableName = `ads-${tables}`;
  await createAdsTable({ endpoint: dynamodb.endpoint, tableName });
  return dynamoValuesTable({ client: new DynamoDBClient(localClient(dynamodb.endpoint)), tableName });
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
    const client = new DynamoDBClient(localClient(dynamodb.endpoint));
    const table = dynamoValuesTable({ client, tableName: "nowhere" });
    await expect(table.loadAll()).rejects.toThrow(RetryableError);
    await expect(table.save(boat)).rejects.toThrow(RetryableError);
  });
});
