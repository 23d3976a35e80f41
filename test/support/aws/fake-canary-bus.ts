import type { CanaryBus } from "#shared/steps/ports.ts";

/** A bus that keeps its canaries; `sent()` says when each was sent, in order. */
export type FakeCanaryBus = CanaryBus & { sent(): number[] };

export function fakeCanaryBus(): FakeCanaryBus {
  const sent: number[] = [];
  return {
    async put({ sentAt }) {
      sent.push(sentAt);
    },
    sent: () => [...sent],
  };
}
