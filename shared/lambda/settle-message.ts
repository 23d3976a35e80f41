import type { SQSRecord } from "aws-lambda";
import { PoisonMessageError, RetryableError } from "#shared/contracts/errors.ts";
import type { EventLogger, LogFields } from "./logger.ts";
import { type Backoff, planDelaySeconds } from "./plan-delay.ts";

/** `done` and `dead-lettered` leave the queue; the others stay in it and come again. */
export type Outcome = "done" | "dead-lettered" | "postponed" | "stays";

/** How messages that were not done are dealt with. */
export type Settling = {
  /** Names the log line that each delivery of a message ends with: `<name>.handled`. */
  name: string;
  logger: EventLogger;
  /** Where a message goes that nobody can read; a person must look. */
  deadLetters: { send(letter: { body: string; reason: string }): Promise<void> };
  /** Makes a message visible again after so many seconds (ChangeMessageVisibility). */
  postpone(receiptHandle: string, delaySeconds: number): Promise<void>;
  backoff?: Backoff;
  /** In [0, 1); for the jitter. */
  random?: () => number;
};

const defaultBackoff: Backoff = { firstSeconds: 5, mostSeconds: 300 };

/** Runs one message to its end, settles it by what that threw, and logs it; never throws. */
export async function settleMessage(
  settling: Settling,
  record: SQSRecord,
  handle: (noted: LogFields) => Promise<void>,
): Promise<Outcome> {
  const startedAt = performance.now();
  const noted: LogFields = {};
  const logged = (outcome: Outcome): LogFields => ({
    ...noted,
    messageId: record.messageId,
    receiveCount: receiveCountOf(record),
    outcome,
    durationMs: Math.round(performance.now() - startedAt),
  });
  const name = `${settling.name}.handled`;
  try {
    await handle(noted);
    settling.logger.event(name, logged("done"));
    return "done";
  } catch (error) {
    if (error instanceof RetryableError) {
      const outcome = await postpone(settling, record);
      settling.logger.warn(name, error, logged(outcome));
      return outcome;
    }
    const outcome =
      error instanceof PoisonMessageError ? await sendToDeadLetters(settling, record, error.message) : "stays";
    settling.logger.error(name, error, logged(outcome));
    return outcome;
  }
}

/** How often this message has been delivered, this time included. */
export function receiveCountOf(record: SQSRecord): number {
  return Number(record.attributes.ApproximateReceiveCount);
}

async function postpone(settling: Settling, record: SQSRecord): Promise<Outcome> {
  const random = settling.random ?? Math.random;
  const delaySeconds = planDelaySeconds(receiveCountOf(record), settling.backoff ?? defaultBackoff, random());
  try {
    await settling.postpone(record.receiptHandle, delaySeconds);
    return "postponed";
  } catch (error) {
    settling.logger.warn(`${settling.name}.postpone-failed`, error, { messageId: record.messageId, delaySeconds });
    return "stays";
  }
}

async function sendToDeadLetters(settling: Settling, record: SQSRecord, reason: string): Promise<Outcome> {
  try {
    await settling.deadLetters.send({ body: record.body, reason });
    return "dead-lettered";
  } catch (error) {
    settling.logger.warn(`${settling.name}.dead-letter-failed`, error, { messageId: record.messageId });
    return "stays";
  }
}
