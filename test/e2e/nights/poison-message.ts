import assert from "node:assert/strict";
import { GetQueueAttributesCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { localClient } from "#local/emulators/local-client.ts";
import { until } from "#test/e2e/sandbox-views.ts";
import type { Desk, Night } from "./desk.ts";
import { forSale } from "./sample.ts";
import { readSandboxEnvironment } from "./sandbox-environment.ts";

/** Something that is no message of ours is put on the queue; and a bug has failed on a wish until SQS gave it up. */
export const poisonMessage: Night = { name: "poison-message", alarms: ["Dead letters"], play };

/** As `receive` would have queued it. */
const givenUp = {
  version: 1,
  kind: "inventory-event",
  listingIds: "uuid",
  event: { ...forSale({ id: "saab-1-new", itemId: "saab-1" }), source: "sandbox", receivedAt: Date.now(), place: 0 },
};

async function play(desk: Desk): Promise<void> {
  const environment = await readSandboxEnvironment(desk.sandbox().bridgeUrl);
  const { SUBMIT_QUEUE_URL: queue, SUBMIT_DEAD_LETTER_QUEUE_URL: deadLetters } = environment;
  const client = new SQSClient(localClient(environment.AWS_ENDPOINT_URL_SQS ?? ""));
  const lie = async () => {
    const AttributeNames = ["ApproximateNumberOfMessages" as const];
    const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl: deadLetters, AttributeNames }));
    return Number(Attributes?.ApproximateNumberOfMessages);
  };
  await client.send(new SendMessageCommand({ QueueUrl: queue, MessageBody: "order 4711 is paid" }));
  await until(async () => (await lie()) === 1);
  await client.send(new SendMessageCommand({ QueueUrl: deadLetters, MessageBody: JSON.stringify(givenUp) }));
  await until(async () => (await lie()) === 2);
  client.destroy();
  desk.beginBlock("alarm");
  desk.note(JSON.stringify({ queue: "submit-dead-letters", ApproximateNumberOfMessages: 2 }));
  desk.beginBlock("seen");
  const groups = await desk.type("dead-letters");
  const [poison = "", wish = ""] = [/^(\w{6}) .*not readable/m, /^(\w{6}) .*failed each time/m].map(
    (form) => form.exec(groups)?.[1],
  );
  assert.match(await desk.type(`dead-letters --show ${poison}`), /order 4711 is paid/);
  desk.beginBlock("mended");
  await desk.type(`redrive ${wish} --yes`);
  await desk.type(`discard ${poison} --yes`);
  await desk.hear("saab-1", "AdPublished");
  desk.beginBlock("ended");
  await desk.type("dead-letters", 1);
  assert.match(await desk.type("ad DEMO/saab-1"), /saab-1-new: applied \(published\)/);
}
