import { DeleteItemCommand, QueryCommand } from "@aws-sdk/client-dynamodb";
import type { Lane } from "#shared/ad/lane.ts";
import { askAws } from "./ask-aws.ts";
import { type Item, isStill, isUnchanged, toExpression } from "./condition.ts";
import { putIf, sendIf, type TableAccess } from "./conditional-put.ts";
import { lanePartition } from "./table-keys.ts";

/** The lanes that are not in order, in the table of the ads: those of one token lie together, and are few. */
export function dynamoLaneTable(table: TableAccess) {
  return {
    async load(tokenId: string): Promise<Lane[]> {
      const query = new QueryCommand({
        TableName: table.tableName,
        KeyConditionExpression: "pk = :pk",
        ExpressionAttributeValues: { ":pk": { S: lanePartition(tokenId) } },
      });
      const { Items = [] } = await askAws("read the lanes", () => table.client.send(query));
      return Items.map((item) => JSON.parse(item.lane?.S ?? "") as Lane);
    },

    save(lane: Lane): Promise<"saved" | "conflict"> {
      const condition = isUnchanged("revision", lane.revision);
      const stored = { ...lane, revision: lane.revision + 1 };
      const item = { ...keyOf(lane), revision: { N: String(stored.revision) }, lane: { S: JSON.stringify(stored) } };
      return askAws("save a lane", () => putIf(table, { item, condition }));
    },

    remove(lane: Lane): Promise<"saved" | "conflict"> {
      const condition = toExpression(isStill("revision", lane.revision));
      const command = new DeleteItemCommand({ TableName: table.tableName, Key: keyOf(lane), ...condition });
      return askAws("remove a lane", () => sendIf(() => table.client.send(command)));
    },
  };
}

function keyOf({ tokenId, dealerCode }: Lane): Item {
  return { pk: { S: lanePartition(tokenId) }, sk: { S: `lane#${dealerCode ?? ""}` } };
}
