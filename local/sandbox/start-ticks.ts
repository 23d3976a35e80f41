import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { localClient } from "#local/emulators/local-client.ts";
import type { PollMessage } from "#shared/contracts/queue-message.ts";

const tick: PollMessage = { version: 1, kind: "tick" };

export type TickOptions = {
  endpoint: string;
  queueUrl: string;
  everyMs: number;
  report: (line: string) => void;
};

/** The schedule: puts a tick on the poll queue, the first one after `everyMs`. */
export function startTicks({ endpoint, queueUrl, everyMs, report }: TickOptions): { close(): void } {
  const client = new SQSClient(localClient(endpoint));
  const send = () =>
    client
      .send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(tick) }))
      .catch((error: Error) => report(`the timer could not send its tick: ${error.message}`));
  const timer = setInterval(() => void send(), everyMs);
  return {
    close: () => {
      clearInterval(timer);
      client.destroy();
    },
  };
}
