import type { PollMessage } from "#shared/contracts/queue-message.ts";
import type { PollQueue } from "#shared/steps/ports.ts";
import { type FakeQueue, type FakeQueueOptions, makeFakeQueue } from "./fake-queue.ts";

export type FakePollQueue = PollQueue & FakeQueue<PollMessage>;

/** Delays as SQS does: by whole seconds, rounded up, fifteen minutes at most. */
export function fakePollQueue(options: FakeQueueOptions): FakePollQueue {
  const { put, ...queue } = makeFakeQueue<PollMessage>(options);
  return {
    ...queue,
    async send(message, delayMs) {
      put(message, Math.min(900, Math.max(0, Math.ceil(delayMs / 1000))) * 1000);
    },
  };
}
