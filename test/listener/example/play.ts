import { text } from "node:stream/consumers";
import { handler } from "./handler.ts";
import { links, notes } from "./shop.ts";

/** Stands in for Lambda and its queue: batches of deliveries in, what the shop made of them out. */
const batches = JSON.parse(await text(process.stdin)) as object[][];
const failed: string[] = [];
for (const batch of batches) {
  const Records = batch.map((delivery, place) => ({ messageId: String(place), body: JSON.stringify(delivery) }));
  const answer = await handler({ Records });
  failed.push(...(answer?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier));
}
process.stdout.write(JSON.stringify({ links: Object.fromEntries(links), notes, failed }));
