import { DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { GetQueueAttributesCommand, ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { demand } from "./demand.ts";
import type { DeployedBridge } from "./deployed-bridge.ts";
import { waitUntil } from "./wait-until.ts";

/** The schedule ticks once a minute. */
const tickWithinMs = 100_000;

/** What the schedule makes `poll` put on the bus has come back through the canaries' rule. */
export async function proveClock({ tableName, stop }: DeployedBridge): Promise<string> {
  const client = new DynamoDBClient();
  const read = new GetItemCommand({ TableName: tableName, Key: { pk: { S: "canary" }, sk: { S: "canary" } } });
  const isHeard = async () => {
    const { Item } = await client.send(read);
    const { heardSentAt = null } = JSON.parse(Item?.canary?.S ?? "{}") as { heardSentAt?: number | null };
    return heardSentAt !== null;
  };
  await waitUntil(isHeard, { stop, withinMs: tickWithinMs, otherwise: () => "no canary has come back from the bus" });
  return "the schedule ticks, and a canary has come back through its rule";
}

/** No dead letters, neither of the bridge nor of the listener. */
export async function proveNoDeadLetters(): Promise<string> {
  const client = new SQSClient();
  const { QueueUrls = [] } = await client.send(new ListQueuesCommand());
  const deadLetterUrls = QueueUrls.filter((url) => url.includes("DeadLetters"));
  const counts = await Promise.all(deadLetterUrls.map((url) => countMessages(client, url)));
  const letters = counts.reduce((sum, count) => sum + count, 0);
  demand(deadLetterUrls.length >= 5, `there are ${deadLetterUrls.length} dead-letter queues, not 5 or more`);
  demand(letters === 0, `there are ${letters} dead letters in ${deadLetterUrls.filter((_, place) => counts[place])}`);
  return `no letter in any of ${deadLetterUrls.length} dead-letter queues`;
}

async function countMessages(client: SQSClient, QueueUrl: string): Promise<number> {
  const AttributeNames = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"] as const;
  const { Attributes = {} } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...AttributeNames] }),
  );
  return AttributeNames.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0);
}
