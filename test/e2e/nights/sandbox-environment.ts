import { GetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { localClient } from "#local/emulators/local-client.ts";

/** The variables that a sandbox tells its functions, the addresses of its parts among them. */
export async function readSandboxEnvironment(bridgeUrl: string): Promise<Record<string, string>> {
  return (await (await fetch(`${bridgeUrl}/sandbox/environment`)).json()) as Record<string, string>;
}

/** How many messages the queue of `submit` holds, those in hand included. */
export async function countWaiting(bridgeUrl: string): Promise<number> {
  const { AWS_ENDPOINT_URL_SQS: endpoint = "", SUBMIT_QUEUE_URL: QueueUrl } = await readSandboxEnvironment(bridgeUrl);
  const client = new SQSClient(localClient(endpoint));
  const AttributeNames = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"] as const;
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...AttributeNames] }),
  );
  client.destroy();
  return AttributeNames.reduce((sum, name) => sum + Number(Attributes?.[name] ?? 0), 0);
}
