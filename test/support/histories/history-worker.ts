import { parentPort } from "node:worker_threads";
import { type Batch, playBatch } from "./play-batch.ts";

/* A thread that plays batches of histories, one after the other, as it is told. */
parentPort?.on("message", (batch: Batch) => {
  void playBatch(batch).then((result) => parentPort?.postMessage(result));
});
