import type { FakeQueue, Received } from "#test/support/aws/fake-queue.ts";

/** The consumer's side of a queue, as far as histories use it. */
export type HistoryQueue<M> = Pick<FakeQueue<M>, "receive" | "delete" | "postpone" | "repeat" | "nextVisibleAt"> & {
  put(message: M, delayMs: number): void;
};

type Row<M> = { messageId: string; message: M; visibleAt: number; receiveCount: number; receiptHandle: string | null };

/**
 * A standard queue in memory for histories, as the fake one is, but for copies: the steps change no message they were given.
 */
export function makeHistoryQueue<M>({
  now,
  visibilityMs,
}: {
  now: () => number;
  visibilityMs: number;
}): HistoryQueue<M> {
  let rows: Row<M>[] = [];
  let count = 0;
  const held = (receiptHandle: string) => rows.find((row) => row.receiptHandle === receiptHandle);
  const put = (message: M, delayMs: number) => {
    count += 1;
    rows.push({
      messageId: `message-${count}`,
      message,
      visibleAt: now() + delayMs,
      receiveCount: 0,
      receiptHandle: null,
    });
  };
  const deliver = (row: Row<M>): Received<M> => {
    count += 1;
    const receiptHandle = `handle-${count}`;
    row.receiptHandle = receiptHandle;
    row.receiveCount += 1;
    row.visibleAt = now() + visibilityMs;
    return { messageId: row.messageId, receiptHandle, receiveCount: row.receiveCount, message: row.message };
  };
  return {
    put,
    receive(most = 10) {
      const visible = rows.filter(({ visibleAt }) => visibleAt <= now());
      return visible
        .sort((a, b) => a.visibleAt - b.visibleAt)
        .slice(0, most)
        .map(deliver);
    },
    delete(receiptHandle) {
      rows = rows.filter((row) => row.receiptHandle !== receiptHandle);
    },
    postpone(receiptHandle, delayMs) {
      const row = held(receiptHandle);
      if (row !== undefined) {
        row.visibleAt = now() + delayMs;
      }
    },
    repeat(messageId) {
      const row = rows.find((candidate) => candidate.messageId === messageId);
      if (row !== undefined) {
        put(row.message, 0);
      }
    },
    nextVisibleAt() {
      let earliest: number | null = null;
      for (const { visibleAt } of rows) {
        earliest = earliest === null || visibleAt < earliest ? visibleAt : earliest;
      }
      return earliest;
    },
  };
}

/** Delays as SQS does: by whole seconds, rounded up, fifteen minutes at most. */
export function toQueueDelayMs(delayMs: number): number {
  return Math.min(900, Math.max(0, Math.ceil(delayMs / 1_000))) * 1_000;
}
