import middy from "@middy/core";
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import type * as z from "zod/mini";
import { PoisonMessageError, RetryableError } from "#shared/contracts/errors.ts";
import type { LogFields, Note } from "./logger.ts";
import { parseMessage } from "./parse-message.ts";
import { type Outcome, receiveCountOf, type Settling, settleMessage } from "./settle-message.ts";

/** What a step is told beside its message. `note` adds to the one log line of this delivery. */
export type MessageContext = { receiveCount: number; remainingMs(): number; note: Note };

export type SqsStep<M> = (message: M, context: MessageContext) => Promise<void>;

export type SqsHandlerOptions<M> = Settling & {
  schema: z.ZodMiniType<M>;
  /** Messages of one group run one after the other, in the order of the batch; all others side by side. */
  groupBy?: (message: M) => string;
  /** With less time left than this no message is begun any more: it stays for later. */
  neededMs?: number;
};

type Delivery<M> = { record: SQSRecord; message: M | PoisonMessageError };

/**
 * A Lambda handler for SQS batches around one step, in which every message is settled by itself: what one throws never
 * makes another run again. A PoisonMessageError takes its message to the dead letters at once, a RetryableError keeps it
 * for later with backoff and jitter; anything else is a bug, logged as error, and the message stays as it is.
 */
export function sqsHandler<M>(options: SqsHandlerOptions<M>, step: SqsStep<M>) {
  return middy<SQSEvent, SQSBatchResponse>().handler(async (event: SQSEvent, context: Context) => {
    const stay: SQSRecord[] = [];
    const handleGroup = async (group: Delivery<M>[]) => {
      for (const { record, message } of group) {
        const outcome = await settleMessage(options, record, (noted) =>
          handleMessage(message, contextOf({ record, context, noted }), { options, step }),
        );
        if (staysInQueue(outcome)) {
          stay.push(record);
        }
      }
    };
    await Promise.all(groupDeliveries(event.Records, options).map(handleGroup));
    return { batchItemFailures: stay.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  });
}

async function handleMessage<M>(
  message: M | PoisonMessageError,
  context: MessageContext,
  { options, step }: { options: SqsHandlerOptions<M>; step: SqsStep<M> },
): Promise<void> {
  if (message instanceof PoisonMessageError) {
    throw message;
  }
  if (context.remainingMs() < (options.neededMs ?? 0)) {
    throw new RetryableError("not begun: too little time was left");
  }
  await step(message, context);
}

function contextOf({
  record,
  context,
  noted,
}: {
  record: SQSRecord;
  context: Context;
  noted: LogFields;
}): MessageContext {
  return {
    receiveCount: receiveCountOf(record),
    remainingMs: () => context.getRemainingTimeInMillis(),
    note: (fields) => Object.assign(noted, fields),
  };
}

function groupDeliveries<M>(records: SQSRecord[], { schema, groupBy }: SqsHandlerOptions<M>): Delivery<M>[][] {
  const groups = new Map<string, Delivery<M>[]>();
  for (const record of records) {
    const message = parseMessage(record.body, schema);
    const alone = message instanceof PoisonMessageError || groupBy === undefined;
    const key = alone ? `message#${record.messageId}` : `group#${groupBy(message)}`;
    const group = groups.get(key) ?? [];
    group.push({ record, message });
    groups.set(key, group);
  }
  return [...groups.values()];
}

function staysInQueue(outcome: Outcome): boolean {
  return outcome === "postponed" || outcome === "stays";
}
