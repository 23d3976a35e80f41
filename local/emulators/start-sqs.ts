import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { startFauxqs } from "fauxqs";
import { localClient } from "./local-client.ts";
import { loopbackOnly } from "./loopback-only.ts";

/** `maxReceiveCount` (3 unless told) counts only with a `deadLetterQueue`, which is to be in the list too. */
export type LocalQueue = {
  name: string;
  deadLetterQueue?: string;
  maxReceiveCount?: number;
  visibilitySeconds?: number;
};
export type LocalSqs = { endpoint: string; queueUrl(name: string): string; close(): Promise<void> };

/** The account every SQS emulator puts into its URLs. */
const account = "000000000000";

/**
 * SQS in this process with these queues, in memory or in `dir`, where it survives a SIGKILL: what was in flight comes back
 * after its visibility. `SQS_ENDPOINT` names another emulator to use instead.
 */
export async function startSqs(options: {
  dir?: string;
  port?: number;
  queues: readonly LocalQueue[];
}): Promise<LocalSqs> {
  const server =
    process.env.SQS_ENDPOINT === undefined ? await startServer(options) : elsewhere(process.env.SQS_ENDPOINT);
  const queueUrl = (name: string) => `${server.endpoint}/${account}/${name}`;
  try {
    await createQueues({ endpoint: server.endpoint, queueUrl, queues: options.queues });
  } catch (cause) {
    await server.close();
    throw cause;
  }
  return { ...server, queueUrl };
}

/** fauxqs listens on every interface, and with a host it answers URLs of names that don't resolve. */
async function startServer(options: { dir?: string; port?: number }) {
  const server = await startFauxqs({
    port: options.port ?? 0,
    logger: false,
    ...(options.dir === undefined ? {} : { dataDir: options.dir }),
  });
  const guard = loopbackOnly(server.port);
  return {
    endpoint: `http://127.0.0.1:${server.port}`,
    close: async () => {
      guard.release();
      await server.stop();
    },
  };
}

function elsewhere(endpoint: string) {
  return { endpoint: endpoint.replace(/\/$/, ""), close: async () => {} };
}

type Creation = { endpoint: string; queueUrl(name: string): string; queues: readonly LocalQueue[] };

/** A queue that is there already keeps its messages and takes the settings given now. */
async function createQueues({ endpoint, queueUrl, queues }: Creation): Promise<void> {
  const client = new SQSClient(localClient(endpoint));
  for (const { name } of queues) {
    await client.send(new CreateQueueCommand({ QueueName: name }));
  }
  for (const queue of queues) {
    const attributes = await queueAttributes(client, { queue, queueUrl });
    if (Object.keys(attributes).length > 0) {
      await client.send(new SetQueueAttributesCommand({ QueueUrl: queueUrl(queue.name), Attributes: attributes }));
    }
  }
  client.destroy();
}

async function queueAttributes(
  client: SQSClient,
  { queue, queueUrl }: { queue: LocalQueue; queueUrl(name: string): string },
): Promise<Record<string, string>> {
  const attributes: Record<string, string> = {};
  if (queue.visibilitySeconds !== undefined) {
    attributes.VisibilityTimeout = String(queue.visibilitySeconds);
  }
  if (queue.deadLetterQueue !== undefined) {
    const answer = await client.send(
      new GetQueueAttributesCommand({ QueueUrl: queueUrl(queue.deadLetterQueue), AttributeNames: ["QueueArn"] }),
    );
    attributes.RedrivePolicy = JSON.stringify({
      deadLetterTargetArn: answer.Attributes?.QueueArn,
      maxReceiveCount: queue.maxReceiveCount ?? 3,
    });
  }
  return attributes;
}
