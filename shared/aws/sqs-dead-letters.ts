import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { askAws } from "./ask-aws.ts";
import { toAttributeText } from "./sqs-body.ts";

const longestReason = 1_000;

/** The way into a dead-letter queue for a message that nobody will ever read; `reason` becomes a message attribute. */
export function sqsDeadLetters(client: SQSClient, queueUrl: string) {
  return {
    async send({ body, reason }: { body: string; reason: string }): Promise<void> {
      const StringValue = toAttributeText(reason).slice(0, longestReason) || "unknown";
      const command = new SendMessageCommand({
        QueueUrl: queueUrl,
        MessageBody: body,
        MessageAttributes: { reason: { DataType: "String", StringValue } },
      });
      await askAws("send a dead letter", () => client.send(command));
    },
  };
}
