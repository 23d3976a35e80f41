import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DeleteItemCommandInput,
  type GetItemCommandInput,
  type PutItemCommandInput,
  type QueryCommandInput,
} from "@aws-sdk/client-dynamodb";
import { type Item, itemBytes, readUnits, writeUnits } from "./item-size.ts";
import { makeMemoryIndex } from "./memory-index.ts";

export type Units = { reads: number; writes: number };
type Stored = { item: Item; bytes: number };
type Condition = Pick<
  PutItemCommandInput,
  "ConditionExpression" | "ExpressionAttributeNames" | "ExpressionAttributeValues"
>;

/**
 * A DynamoDB table in memory, asked by the commands of the SDK, that says what each would be billed. Source of the rules:
 * developer guide, "DynamoDB on-demand capacity mode" and "Using global secondary indexes". It knows the forms of requests
 * that the bridge makes, and throws on any other. `isDueWhole`: the index of what is due holds whole items, not only keys.
 */
export function memoryTable({ isDueWhole = false } = {}) {
  const partitions = new Map<string, Map<string, Stored>>();
  const due = makeMemoryIndex("tokenId", "dueAt", isDueWhole);
  const find = (key: Item) => partitions.get(textOf(key.pk))?.get(textOf(key.sk));
  const change = (key: Item, next: Item | null): Units => {
    const pk = textOf(key.pk);
    const old = find(key);
    const rows = partitions.get(pk) ?? new Map<string, Stored>();
    const bytes = next === null ? 0 : itemBytes(next);
    if (next === null) {
      rows.delete(textOf(key.sk));
    } else {
      partitions.set(pk, rows.set(textOf(key.sk), { item: next, bytes }));
    }
    const indexed = due.change(old?.item ?? null, next);
    return { reads: 0, writes: writeUnits(Math.max(bytes, old?.bytes ?? 0)) + indexed };
  };
  const guarded = (key: Item, condition: Condition, next: Item | null, bill: (units: Units) => void) => {
    const old = find(key);
    if (!holds(condition, old?.item)) {
      bill({ reads: 0, writes: writeUnits(old?.bytes ?? 0) });
      throw new ConditionalCheckFailedException({ message: "The conditional request failed", $metadata: {} });
    }
    bill(change(key, next));
    return {};
  };
  const queryPartition = (input: QueryCommandInput, bill: (units: Units) => void) => {
    const rows = [...(partitions.get(textOf(input.ExpressionAttributeValues?.[":pk"])) ?? new Map<string, Stored>())];
    const found = rows.map(([, stored]) => stored);
    const units = readUnits(found.reduce((sum, { bytes }) => sum + bytes, 0));
    bill({ reads: units / (input.ConsistentRead === true ? 1 : 2), writes: 0 });
    return { Items: found.map(({ item }) => item) };
  };
  return {
    get({ Key = {}, ConsistentRead = false }: GetItemCommandInput, bill: (units: Units) => void) {
      const found = find(Key);
      bill({ reads: readUnits(found?.bytes ?? 0) / (ConsistentRead ? 1 : 2), writes: 0 });
      return found === undefined ? {} : { Item: found.item };
    },
    put: (input: PutItemCommandInput, bill: (units: Units) => void) =>
      guarded(input.Item ?? {}, input, input.Item ?? {}, bill),
    delete: (input: DeleteItemCommandInput, bill: (units: Units) => void) =>
      guarded(input.Key ?? {}, input, null, bill),
    query(input: QueryCommandInput, bill: (units: Units) => void) {
      if (input.IndexName !== "due") {
        return queryPartition(input, bill);
      }
      const page = due.page(input);
      // Eventually consistent, and so half the price.
      bill({ reads: readUnits(page.bytes) / 2, writes: 0 });
      return page;
    },
    /** Every item with this sort key. */
    items: (sk: string): Item[] =>
      [...partitions.values()].flatMap((rows) => {
        const stored = rows.get(sk);
        return stored === undefined ? [] : [stored.item];
      }),
  };
}

export type MemoryTable = ReturnType<typeof memoryTable>;

function holds({ ConditionExpression, ...named }: Condition, item: Item | undefined): boolean {
  const { ExpressionAttributeNames: names = {}, ExpressionAttributeValues: values = {} } = named;
  switch (ConditionExpression) {
    case undefined:
      return true;
    case "attribute_not_exists(#pk)":
      return item === undefined;
    case "#n = :n":
      return item?.[names["#n"] ?? ""]?.N === values[":n"]?.N;
    default:
      throw new Error(`no such condition is known: ${ConditionExpression}`);
  }
}

function textOf(value: AttributeValue | undefined): string {
  return value?.S ?? "";
}
