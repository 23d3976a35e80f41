import { copied, type Keep } from "./keep.ts";

/** A message as a consumer gets it. The handle is good until the message is received again. */
export type Received<M> = { messageId: string; receiptHandle: string; receiveCount: number; message: M };

export type FakeQueueOptions = {
  /** Epoch ms; the queue has no other clock, and no timers. */
  now: () => number;
  visibilityMs?: number;
  /** After so many deliveries without a delete a message becomes a dead letter; never, unless told. */
  maxReceiveCount?: number;
  keep?: Keep;
};

/** The consumer's side of a queue, and a look inside. */
export type FakeQueue<M> = {
  /** What is visible now, the longest visible first; each is hidden for the visibility. */
  receive(most?: number): Received<M>[];
  /** An old handle changes nothing, without complaint. */
  delete(receiptHandle: string): void;
  /** Makes a message visible again after so long, counted from now. */
  postpone(receiptHandle: string, delayMs: number): void;
  /** Delivers once more what is in the queue, as a standard queue may. */
  repeat(messageId: string): void;
  /** All messages neither deleted nor dead, hidden ones too. */
  messages(): M[];
  /** When the next message becomes visible (it may be now or before); null when there is none. */
  nextVisibleAt(): number | null;
  deadLetters(): M[];
};

type Row<M> = { messageId: string; message: M; visibleAt: number; receiveCount: number; receiptHandle: string | null };

/** An SQS standard queue in memory: at least once, with visibility, delay and dead letters, moved by `now` alone. */
export function makeFakeQueue<M>(options: FakeQueueOptions): FakeQueue<M> & { put(message: M, delayMs: number): void } {
  const { now, visibilityMs = 30_000, maxReceiveCount = Number.POSITIVE_INFINITY, keep = copied } = options;
  const rows: Row<M>[] = [];
  const deadLetters: M[] = [];
  let count = 0;
  const nextName = (kind: string) => {
    count += 1;
    return `${kind}-${count}`;
  };
  const put = (message: M, delayMs: number) => {
    const row = { messageId: nextName("message"), message: keep(message), visibleAt: now() + delayMs };
    rows.push({ ...row, receiveCount: 0, receiptHandle: null });
  };
  const remove = (row: Row<M>) => rows.splice(rows.indexOf(row), 1);
  const held = (receiptHandle: string) => rows.find((row) => row.receiptHandle === receiptHandle);
  const deliver = (row: Row<M>): Received<M>[] => {
    if (row.receiveCount >= maxReceiveCount) {
      remove(row);
      deadLetters.push(row.message);
      return [];
    }
    const receiptHandle = nextName("handle");
    Object.assign(row, { receiptHandle, receiveCount: row.receiveCount + 1, visibleAt: now() + visibilityMs });
    const { messageId, receiveCount, message } = row;
    return [{ messageId, receiptHandle, receiveCount, message: keep(message) }];
  };
  return {
    put,
    receive(most = 10) {
      const visible = rows.filter(({ visibleAt }) => visibleAt <= now()).sort((a, b) => a.visibleAt - b.visibleAt);
      return visible.slice(0, most).flatMap(deliver);
    },
    delete(receiptHandle) {
      const row = held(receiptHandle);
      if (row !== undefined) {
        remove(row);
      }
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
    messages: () => rows.map(({ message }) => keep(message)),
    nextVisibleAt() {
      let earliest: number | null = null;
      for (const { visibleAt } of rows) {
        earliest = earliest === null || visibleAt < earliest ? visibleAt : earliest;
      }
      return earliest;
    },
    deadLetters: () => deadLetters.map(keep),
  };
}
