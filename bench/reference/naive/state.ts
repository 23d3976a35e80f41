import { GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { type NaivePorts, tableName } from "./naive-ports.ts";

/** What the naive bridge knows of one item; `open` puts it into the index of what is to be polled. */
export type NaiveState = {
  dealerCode: string;
  itemId: string;
  listingId: string;
  status: "submitted" | "published" | "deleted" | "failed";
  document: string;
  submittedAt: number;
  updatedAt: number;
};

export async function loadState(ports: NaivePorts, pk: string): Promise<NaiveState | null> {
  const key = { pk: { S: pk }, sk: { S: "ad" } };
  const { Item } = await ports.dynamoDb.send(
    new GetItemCommand({ TableName: tableName, Key: key, ConsistentRead: true }),
  );
  return Item === undefined
    ? null
    : {
        dealerCode: Item.dealerCode?.S ?? "",
        itemId: Item.itemId?.S ?? "",
        listingId: Item.listingId?.S ?? "",
        status: (Item.status?.S ?? "failed") as NaiveState["status"],
        document: Item.document?.S ?? "",
        submittedAt: Number(Item.submittedAt?.N),
        updatedAt: Number(Item.updatedAt?.N),
      };
}

/** State and event are written one after the other, each by itself. */
export async function saveState(ports: NaivePorts, state: NaiveState, event: string | null): Promise<void> {
  const { dealerCode, itemId, listingId, status, document, submittedAt, updatedAt } = state;
  const pk = { S: `${dealerCode}#${itemId}` };
  const Item = {
    pk,
    sk: { S: "ad" },
    dealerCode: { S: dealerCode },
    itemId: { S: itemId },
    listingId: { S: listingId },
    status: { S: status },
    document: { S: document },
    submittedAt: { N: String(submittedAt) },
    updatedAt: { N: String(updatedAt) },
    ...(status === "submitted" && { tokenId: { S: "open" }, dueAt: { N: String(submittedAt) } }),
  };
  await ports.dynamoDb.send(new PutItemCommand({ TableName: tableName, Item }));
  if (event !== null) {
    const row = { pk, sk: { S: `event#${updatedAt}` }, type: { S: event }, state: { S: JSON.stringify(state) } };
    await ports.dynamoDb.send(new PutItemCommand({ TableName: tableName, Item: row }));
  }
}
