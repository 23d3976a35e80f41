import { ChangeMessageVisibilityCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { askAws } from "./ask-aws.ts";

/** SQS counts its twelve hours from when the message was received. */
const mostSeconds = 12 * 60 * 60;

/** When a message that failed comes back, instead of at the end of its queue's visibility. */
export function sqsVisibility(client: SQSClient, queueUrl: string) {
  return {
    async postpone(receiptHandle: string, delaySeconds: number): Promise<void> {
      const VisibilityTimeout = Math.min(mostSeconds, Math.max(0, Math.ceil(delaySeconds)));
      const command = new ChangeMessageVisibilityCommand({
        QueueUrl: queueUrl,
        ReceiptHandle: receiptHandle,
        VisibilityTimeout,
      });
      await askAws("postpone a message", () => client.send(command));
    },
  };
}
