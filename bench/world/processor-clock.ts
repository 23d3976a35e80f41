/** How long the processor has worked for the functions, leaving out what it did for the world around them. */
export type ProcessorClock = {
  /** Does work of the world: emulated AWS, the marketplace. It must not wait. */
  apart<T>(work: () => T): T;
  start(): void;
  /** Since `start`, in ms. */
  stop(): number;
};

/** What this thread has used of the processor, in ms: another process on the machine does not count. */
function usedMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

export function makeProcessorClock(): ProcessorClock {
  let apartMs = 0;
  let startedAt = 0;
  return {
    apart(work) {
      const from = usedMs();
      try {
        return work();
      } finally {
        apartMs += usedMs() - from;
      }
    },
    start() {
      apartMs = 0;
      startedAt = usedMs();
    },
    stop: () => usedMs() - startedAt - apartMs,
  };
}
