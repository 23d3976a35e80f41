import { deflateRawSync, inflateRawSync } from "node:zlib";
import { PutItemCommand, QueryCommand } from "@aws-sdk/client-dynamodb";
import { type VehicleValues, valuesPartition } from "#shared/contracts/known-values.ts";
import { askAws } from "./ask-aws.ts";
import { type Item, isUnchanged } from "./condition.ts";
import { putIf, readItem, type TableAccess } from "./conditional-put.ts";

type RefreshRecord = { place: number; failures: number; dueAt: number; revision: number };

const refreshKey = { pk: { S: "values-refresh" }, sk: { S: "values-refresh" } };

/** What the marketplace listed as values, and how far the refresh of them has come: rows in the table of the ads, in no index. */
export function dynamoValuesTable(table: TableAccess) {
  return {
    /** All vehicle types of which there is something; eventually consistent. */
    async loadAll(): Promise<VehicleValues[]> {
      const all: VehicleValues[] = [];
      let ExclusiveStartKey: Item | undefined;
      do {
        const query = new QueryCommand({
          TableName: table.tableName,
          KeyConditionExpression: "pk = :values",
          ExpressionAttributeValues: { ":values": { S: valuesPartition } },
          ExclusiveStartKey,
        });
        const { Items = [], LastEvaluatedKey } = await askAws("read the values", () => table.client.send(query));
        all.push(...Items.map(fromItem));
        ExclusiveStartKey = LastEvaluatedKey;
      } while (ExclusiveStartKey !== undefined);
      return all;
    },

    /** The later one stands: both were true a moment ago. */
    async save(values: VehicleValues): Promise<void> {
      await askAws("save values", () =>
        table.client.send(new PutItemCommand({ TableName: table.tableName, Item: toItem(values) })),
      );
    },

    async loadRefresh(): Promise<RefreshRecord | null> {
      const item = await readItem(table, refreshKey);
      return item === undefined ? null : (JSON.parse(item.refresh?.S ?? "") as RefreshRecord);
    },

    saveRefresh(record: RefreshRecord): Promise<"saved" | "conflict"> {
      const condition = isUnchanged("revision", record.revision);
      const stored = { ...record, revision: record.revision + 1 };
      const item = { ...refreshKey, revision: { N: String(stored.revision) }, refresh: { S: JSON.stringify(stored) } };
      return askAws("save how far the values are", () => putIf(table, { item, condition }));
    },
  };
}

/** Compressed: a car's models are tens of kilobytes, and an item holds 400. */
function toItem(values: VehicleValues): Item {
  const content = deflateRawSync(JSON.stringify(values));
  return { pk: { S: valuesPartition }, sk: { S: values.vehicleType }, content: { B: content } };
}

function fromItem(item: Item): VehicleValues {
  return JSON.parse(inflateRawSync(item.content?.B ?? new Uint8Array()).toString()) as VehicleValues;
}
