import type { QueueMessage } from "#shared/contracts/queue-message.ts";
import type { SubmitQueue } from "#shared/steps/ports.ts";
import { type FakeQueue, type FakeQueueOptions, makeFakeQueue } from "./fake-queue.ts";

export type FakeSubmitQueue = SubmitQueue &
  FakeQueue<QueueMessage> & {
    /** From now on messages this holds for are not queued. */
    refuse(refused: (message: QueueMessage) => boolean): void;
  };

export type FakeSubmitQueueOptions = FakeQueueOptions & {
  /** Told of each message that is queued. */
  onQueued?: (message: QueueMessage) => unknown;
};

export function fakeSubmitQueue({ onQueued = () => {}, ...options }: FakeSubmitQueueOptions): FakeSubmitQueue {
  const { put, ...queue } = makeFakeQueue<QueueMessage>(options);
  let refused: (message: QueueMessage) => boolean = () => false;
  return {
    ...queue,
    async send(messages) {
      return messages.flatMap((message, place) => {
        if (refused(message)) {
          return [place];
        }
        put(message, 0);
        onQueued(message);
        return [];
      });
    },
    refuse: (next) => {
      refused = next;
    },
  };
}
