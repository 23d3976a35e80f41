import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { localClient } from "#local/emulators/local-client.ts";
import type { AwsStub, BusRule } from "#local/emulators/start-aws-stub.ts";
import { canaryDetailType } from "#shared/contracts/canary.ts";
import { names } from "./sandbox-constants.ts";

export type CanaryRuleOptions = { endpoint: string; queueUrl: string; report: (line: string) => void };

/** The rule that is deployed for the canaries: brings them, and nothing else, from the bus back into the poll queue. */
export function addCanaryRule(
  stub: Pick<AwsStub, "addRule">,
  { endpoint, queueUrl, report }: CanaryRuleOptions,
): { close(): Promise<void> } {
  const client = new SQSClient(localClient(endpoint));
  const sending = new Set<Promise<void>>();
  const send = async (sentAt: unknown): Promise<void> => {
    const message = { version: 1, kind: "canary", sentAt };
    await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(message) }));
  };
  const rule: BusRule = {
    matches: (delivery) => delivery.source === names.eventSource && delivery["detail-type"] === canaryDetailType,
    deliver: ({ detail }) => {
      const sent = send(detail.sentAt)
        .catch((error: Error) => report(`a canary could not be sent on: ${error.message}`))
        .finally(() => sending.delete(sent));
      sending.add(sent);
    },
  };
  const removeRule = stub.addRule(rule);
  return {
    close: async () => {
      removeRule();
      await Promise.all(sending);
      client.destroy();
    },
  };
}
