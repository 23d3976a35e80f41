import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { PollMessage } from "#shared/contracts/queue-message.ts";
import { askAws } from "./ask-aws.ts";
import { toMessageBody } from "./sqs-body.ts";

/** The longest an SQS message can be delayed. */
const mostSeconds = 900;

/** The poll queue. SQS delays by whole seconds: rounded up, so never earlier than asked for but for its limit of 15 minutes. */
export function sqsPollQueue({ client, queueUrl }: { client: SQSClient; queueUrl: string }) {
  return {
    async send(message: PollMessage, delayMs: number): Promise<void> {
      const DelaySeconds = Math.min(mostSeconds, Math.max(0, Math.ceil(delayMs / 1000)));
      const command = new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: toMessageBody(message), DelaySeconds });
      await askAws("queue a poll", () => client.send(command));
    },
  };
}
