import { createHash } from "node:crypto";
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import type { Stage } from "#local/bridge/stage/open-stage.ts";
import { askAws } from "#shared/aws/ask-aws.ts";
import { pollMessageSchema, queueMessageSchema } from "#shared/contracts/queue-message.ts";

export type QueueName = "submit" | "poll";

/** One dead letter, held back from others until `heldSeconds` after it was read. `cause` is in words, `causeId` short. */
export type DeadLetter = {
  messageId: string;
  queue: QueueName;
  causeId: string;
  cause: string;
  /** Whether it is a message of ours, which may ask for something. */
  readable: boolean;
  sentAt: string;
  body: string;
  groupId: string | null;
  receipt: string;
};

/** A queue of the bridge, and the one its dead letters lie in. */
export type LetterBox = { queue: QueueName; queueUrl: string; deadLettersUrl: string };

/** Long enough to look at thousands, short enough that one who was cut off can soon look again. */
const heldSeconds = 120;

export function letterBoxes({ config }: Stage): LetterBox[] {
  return [
    { queue: "submit", queueUrl: config.submitQueue, deadLettersUrl: config.submitDeadLetters },
    { queue: "poll", queueUrl: config.pollQueue, deadLettersUrl: config.pollDeadLetters },
  ];
}

/** Takes all dead letters of a queue in hand. Each is to be redriven or put back. */
export async function takeDeadLetters(
  sqs: SQSClient,
  box: LetterBox,
  progress: (count: number) => void,
): Promise<DeadLetter[]> {
  const found = new Map<string, DeadLetter>();
  for (;;) {
    const { Messages = [] } = await askAws(`read the dead letters of ${box.queue}`, () =>
      sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: box.deadLettersUrl,
          MaxNumberOfMessages: 10,
          VisibilityTimeout: heldSeconds,
          WaitTimeSeconds: 1,
          MessageAttributeNames: ["All"],
          MessageSystemAttributeNames: ["SentTimestamp", "MessageGroupId"],
        }),
      ),
    );
    const fresh = Messages.filter(({ MessageId = "" }) => !found.has(MessageId));
    if (fresh.length === 0) {
      return [...found.values()];
    }
    for (const message of fresh) {
      const body = message.Body ?? "";
      const cause = causeOf(box.queue, body, message.MessageAttributes?.reason?.StringValue);
      const messageId = message.MessageId ?? "";
      found.set(messageId, {
        messageId,
        queue: box.queue,
        causeId: createHash("sha256").update(`${box.queue} ${cause}`).digest("hex").slice(0, 6),
        cause,
        readable: read(box.queue, body) !== undefined,
        sentAt: new Date(Number(message.Attributes?.SentTimestamp ?? 0)).toISOString(),
        body,
        groupId: message.Attributes?.MessageGroupId ?? dealerOf(body),
        receipt: message.ReceiptHandle ?? "",
      });
    }
    progress(found.size);
  }
}

/**
 * SQS's words for a letter that it does not hold for us any more: others see it already. The last is what it answers to a
 * hold that has run out, and of this call nothing else can be invalid.
 */
const noLongerHeld = ["MessageNotInflight", "ReceiptHandleIsInvalid", "InvalidParameterValue"];

/** Puts letters back for others to see at once. What is no longer held is back already. */
export async function putBack(sqs: SQSClient, box: LetterBox, letters: readonly DeadLetter[]): Promise<void> {
  for (const { receipt: ReceiptHandle } of letters) {
    const command = { QueueUrl: box.deadLettersUrl, ReceiptHandle, VisibilityTimeout: 0 };
    await askAws("put a dead letter back", async () => {
      try {
        await sqs.send(new ChangeMessageVisibilityCommand(command));
      } catch (fault) {
        if (!(fault instanceof Error && noLongerHeld.includes(fault.name))) {
          throw fault;
        }
      }
    });
  }
}

/**
 * Sends a letter to its queue again, and only then takes it from the dead ones: a crash between the two repeats a message,
 * which changes nothing, and loses none.
 */
export async function redriveLetter(sqs: SQSClient, box: LetterBox, letter: DeadLetter): Promise<void> {
  const group = letter.groupId === null || box.queue !== "submit" ? {} : { MessageGroupId: letter.groupId };
  await askAws("redrive a dead letter", () =>
    sqs.send(new SendMessageCommand({ QueueUrl: box.queueUrl, MessageBody: letter.body, ...group })),
  );
  await deleteLetter(sqs, box, letter);
}

/** Takes a letter away for good. */
export async function deleteLetter(sqs: SQSClient, box: LetterBox, letter: DeadLetter): Promise<void> {
  await askAws("delete a dead letter", () =>
    sqs.send(new DeleteMessageCommand({ QueueUrl: box.deadLettersUrl, ReceiptHandle: letter.receipt })),
  );
}

/** A letter without a reason was tried until the queue gave up; which function that was, and on what, tells where to look. */
function causeOf(queue: QueueName, body: string, reason: string | undefined): string {
  return reason === undefined ? `${queue} failed each time on: ${kindOf(queue, body)}` : `not readable: ${reason}`;
}

function kindOf(queue: QueueName, body: string): string {
  return read(queue, body)?.kind ?? "what is no message of ours";
}

function read(queue: QueueName, body: string) {
  return (queue === "submit" ? queueMessageSchema : pollMessageSchema).safeParse(parse(body)).data;
}

function dealerOf(body: string): string | null {
  const read = queueMessageSchema.safeParse(parse(body));
  if (!read.success) {
    return null;
  }
  const message = read.data;
  const item =
    message.kind === "inventory-event" ? message.event.data : message.kind === "go-on" ? message : message.item;
  return item?.dealerCode ?? null;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // What isn't JSON is no message of ours, which the schema will say.
    return undefined;
  }
}
