import { QueryCommand } from "@aws-sdk/client-dynamodb";
import { PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { SendMessageBatchCommand } from "@aws-sdk/client-sqs";
import type { SQSEvent } from "aws-lambda";
import { log, type NaivePorts, pollUrl, tableName } from "./naive-ports.ts";
import { loadState, type NaiveState, saveState } from "./state.ts";

type Row = { blocket_ad_id: string | null; log: { action: string; state: string; created: string }[] };

/** Every minute: one message for each open ad. */
export async function tick(ports: NaivePorts): Promise<void> {
  let start: Record<string, { S: string }> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await ports.dynamoDb.send(
      new QueryCommand({
        TableName: tableName,
        IndexName: "due",
        KeyConditionExpression: "tokenId = :token and dueAt <= :until",
        ExpressionAttributeValues: { ":token": { S: "open" }, ":until": { N: String(ports.now()) } },
        ExclusiveStartKey: start,
      }),
    );
    for (let first = 0; first < Items.length; first += 10) {
      const Entries = Items.slice(first, first + 10).map(({ pk }, place) => ({
        Id: String(place),
        MessageBody: JSON.stringify({ pk: pk?.S }),
      }));
      await ports.sqs.send(new SendMessageBatchCommand({ QueueUrl: pollUrl, Entries }));
    }
    start = LastEvaluatedKey as typeof start;
  } while (start !== undefined);
}

/** One message: one GET of one ad, and what follows from it. */
export async function poll(ports: NaivePorts, event: SQSEvent): Promise<void> {
  log(ports, "message received", { event });
  const { pk } = JSON.parse(event.Records[0]?.body ?? "") as { pk: string };
  const state = await loadState(ports, pk);
  if (state === null || state.status !== "submitted") {
    return;
  }
  const headers = { "x-auth-token": ports.tokenOf(state.dealerCode) };
  const path = `/v4/ad/${state.listingId}?include=log`;
  const outcome = await ports.httpCall({ method: "GET", path, headers, body: null, deadline: ports.now() + 10_000 });
  log(ports, "answer of the marketplace", { outcome });
  const row = outcome.kind === "answer" && outcome.status === 200 ? (JSON.parse(outcome.body) as Row) : null;
  const updatedAt = ports.now();
  const status = row === null ? "submitted" : statusOf(row, state);
  if (row === null || status === "submitted") {
    return saveState(ports, { ...state, updatedAt }, null);
  }
  const type = { published: "AdPublished", deleted: "AdDeleted", failed: "AdErrored" }[status];
  await saveState(ports, { ...state, status, updatedAt }, type);
  const { dealerCode, itemId, listingId } = state;
  const detail = {
    metadata: { dealerCode, itemId, listingId },
    data: { blocketAdId: row.blocket_ad_id, log: row.log },
  };
  log(ports, "event published", { type, detail });
  const entry = { Source: "naive", DetailType: type, Detail: JSON.stringify(detail), EventBusName: "bus" };
  await ports.eventBridge.send(new PutEventsCommand({ Entries: [entry] }));
}

function statusOf({ log: lines }: Row, { submittedAt }: NaiveState): NaiveState["status"] {
  // Log times are in whole seconds.
  const since = lines.filter(({ created }) => Date.parse(created) >= Math.floor(submittedAt / 1_000) * 1_000 - 1_000);
  const has = (action: string, state: string) => since.some((line) => line.action === action && line.state === state);
  if (has("publish", "error")) {
    return "failed";
  }
  return has("delete", "done") ? "deleted" : has("publish", "done") ? "published" : "submitted";
}
