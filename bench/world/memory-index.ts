import type { QueryCommandInput } from "@aws-sdk/client-dynamodb";
import { type Item, itemBytes, writeUnits } from "./item-size.ts";

type Place = { pk: string; sk: string; range: number };
type Entry = Place & { bytes: number };

/** A global secondary index, of keys only or of whole items. `change` gives the write units that it takes to follow an item. */
export function makeMemoryIndex(hash: string, range: string, isWhole: boolean) {
  const partitions = new Map<string, Map<string, Entry>>();
  const names = ["pk", "sk", hash, range];
  const projectionOf = (item: Item | null): Item | null => {
    if (item === null || !names.every((name) => item[name] !== undefined)) {
      return null;
    }
    return isWhole ? item : (Object.fromEntries(names.map((name) => [name, item[name]])) as Item);
  };
  const placeOf = (item: Item): Place => ({
    pk: item.pk?.S ?? "",
    sk: item.sk?.S ?? "",
    range: Number(item[range]?.N),
  });
  const keyOf = (item: Item) => JSON.stringify([item[hash]?.S, placeOf(item)]);
  return {
    change(before: Item | null, after: Item | null): number {
      const [old, next] = [projectionOf(before), projectionOf(after)];
      const [oldBytes, nextBytes] = [old, next].map((item) => (item === null ? 0 : itemBytes(item))) as [
        number,
        number,
      ];
      if (old !== null) {
        partitions.get(old[hash]?.S ?? "")?.delete(`${old.pk?.S}\n${old.sk?.S}`);
      }
      if (next !== null) {
        const rows = partitions.get(next[hash]?.S ?? "") ?? new Map<string, Entry>();
        rows.set(`${next.pk?.S}\n${next.sk?.S}`, { ...placeOf(next), bytes: nextBytes });
        partitions.set(next[hash]?.S ?? "", rows);
      }
      if (old !== null && next !== null && keyOf(old) === keyOf(next)) {
        return isWhole ? writeUnits(Math.max(oldBytes, nextBytes)) : 0;
      }
      return (old === null ? 0 : writeUnits(oldBytes)) + (next === null ? 0 : writeUnits(nextBytes));
    },
    /** One page of `hash = :token and range <= :until`, in order; of each item its keys. */
    page({ ExpressionAttributeValues: values = {}, Limit = 1_000, ExclusiveStartKey: start }: QueryCommandInput) {
      const token = values[":token"]?.S ?? "";
      const until = Number(values[":until"]?.N);
      const after = start === undefined ? null : placeOf(start);
      const due = [...(partitions.get(token)?.values() ?? [])]
        .filter((entry) => entry.range <= until && (after === null || compare(entry, after) > 0))
        .sort(compare)
        .slice(0, Limit);
      const Items: Item[] = due.map(({ pk, sk, range: place }) => ({
        pk: { S: pk },
        sk: { S: sk },
        [hash]: { S: token },
        [range]: { N: String(place) },
      }));
      return {
        Items,
        bytes: due.reduce((sum, entry) => sum + entry.bytes, 0),
        ...(due.length === Limit && { LastEvaluatedKey: Items.at(-1) as Item }),
      };
    },
  };
}

function compare(a: Place, b: Place): number {
  return a.range - b.range || (a.pk < b.pk ? -1 : Number(a.pk > b.pk)) || (a.sk < b.sk ? -1 : Number(a.sk > b.sk));
}
