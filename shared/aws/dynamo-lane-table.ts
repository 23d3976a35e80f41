import { DeleteItemCommand, QueryCommand } from "@aws-sdk/client-dynamodb";
import { anyToken, type Lane } from "#shared/ad/lane.ts";
import { askAws } from "./ask-aws.ts";
import { type Item, isStill, isUnchanged, toExpression } from "./condition.ts";
import { putIf, sendIf, type TableAccess } from "./conditional-put.ts";
import { queryAllDue } from "./due-index.ts";
import { closedLanes, lanePartition, parseLanePartition } from "./table-keys.ts";

/**
 * The lanes that are not in order, in the table of the ads: those of one token lie together, and are few. Closed ones lie in the
 * `due` index too, under one name of their own.
 */
export function dynamoLaneTable(table: TableAccess) {
  const load = async (tokenId: string): Promise<Lane[]> => {
    const query = new QueryCommand({
      TableName: table.tableName,
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": { S: lanePartition(tokenId) } },
    });
    const { Items = [] } = await askAws("read the lanes", () => table.client.send(query));
    return Items.map((item) => JSON.parse(item.lane?.S ?? "") as Lane);
  };
  return {
    load,

    /** Pauses that 0.2.0 stored are not in the index, and are never stored again: so these are always looked up. */
    async findClosed(): Promise<Lane[]> {
      const tokenIds = new Set([anyToken]);
      for await (const partitions of queryAllDue(table, { tokenId: closedLanes, until: Number.MAX_SAFE_INTEGER })) {
        for (const partition of partitions) {
          tokenIds.add(parseLanePartition(partition));
        }
      }
      const found = await Promise.all([...tokenIds].map(load));
      return found.flat().filter(({ closedUntil }) => closedUntil !== null);
    },

    save(lane: Lane): Promise<"saved" | "conflict"> {
      const condition = isUnchanged("revision", lane.revision);
      const stored = { ...lane, revision: lane.revision + 1 };
      const item = {
        ...keyOf(lane),
        ...indexed(lane),
        revision: { N: String(stored.revision) },
        lane: { S: JSON.stringify(stored) },
      };
      return askAws("save a lane", () => putIf(table, { item, condition }));
    },

    remove(lane: Lane): Promise<"saved" | "conflict"> {
      const condition = toExpression(isStill("revision", lane.revision));
      const command = new DeleteItemCommand({ TableName: table.tableName, Key: keyOf(lane), ...condition });
      return askAws("remove a lane", () => sendIf(() => table.client.send(command)));
    },
  };
}

function indexed({ closedUntil }: Lane): Item {
  return closedUntil === null ? {} : { tokenId: { S: closedLanes }, dueAt: { N: String(closedUntil) } };
}

function keyOf({ tokenId, dealerCode }: Lane): Item {
  return { pk: { S: lanePartition(tokenId) }, sk: { S: `lane#${dealerCode ?? ""}` } };
}
