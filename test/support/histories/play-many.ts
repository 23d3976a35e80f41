import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { type Batch, type BatchResult, mergeResults } from "./play-batch.ts";

const batchSize = 25;

export type ManyOptions = Batch & {
  /** Ends early once so many histories have failed. */
  failuresAtMost?: number;
  onProgress?: (soFar: BatchResult) => void;
};

/** Plays many histories, on as many threads as the machine has processors. */
export async function playMany({
  from,
  count,
  storm,
  failuresAtMost = 20,
  onProgress,
}: ManyOptions): Promise<BatchResult> {
  let result: BatchResult = { tallies: {}, failures: [] };
  let next = from;
  const takeBatch = (): Batch | null => {
    const left = from + count - next;
    if (left <= 0 || result.failures.length >= failuresAtMost) {
      return null;
    }
    const batch = { from: next, count: Math.min(batchSize, left), storm };
    next += batch.count;
    return batch;
  };
  const note = (played: BatchResult) => {
    result = mergeResults(result, played);
    onProgress?.(result);
  };
  const threads = Math.min(availableParallelism(), Math.ceil(count / batchSize));
  await Promise.all(Array.from({ length: threads }, () => runThread(takeBatch, note)));
  return { ...result, failures: result.failures.sort((a, b) => a.seed - b.seed) };
}

function runThread(takeBatch: () => Batch | null, note: (played: BatchResult) => void): Promise<void> {
  const worker = new Worker(new URL("./history-worker.ts", import.meta.url));
  return new Promise<void>((resolve, reject) => {
    const goOn = () => {
      const batch = takeBatch();
      batch === null ? resolve() : worker.postMessage(batch);
    };
    worker.on("error", reject);
    worker.on("message", (played: BatchResult) => {
      note(played);
      goOn();
    });
    goOn();
  }).finally(() => worker.terminate());
}
