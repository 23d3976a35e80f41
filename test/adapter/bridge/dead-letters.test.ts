import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { actOnLetters } from "#local/bridge/dead-letters/act-on-letters.ts";
import { lookAtAll, takeAll } from "#local/bridge/dead-letters/dead-letters-command.ts";
import { checkUnreadable } from "#local/bridge/dead-letters/discard-command.ts";
import { deleteLetter, putBack, redriveLetter } from "#local/bridge/dead-letters/read-dead-letters.ts";
import type { Stage } from "#local/bridge/stage/open-stage.ts";
import { localClient } from "#local/emulators/local-client.ts";
import { type LocalSqs, startSqs } from "#local/emulators/start-sqs.ts";

const queues = ["submit", "submit-dead", "poll", "poll-dead"];
let sqs: LocalSqs;
let client: SQSClient;
let stage: Stage;
/** What happens elsewhere right after a letter was put back. */
let onPutBack: () => Promise<unknown>;

beforeAll(async () => {
  sqs = await startSqs({ queues: queues.map((name) => ({ name })) });
  client = new SQSClient({ ...localClient(sqs.endpoint), maxAttempts: 1 });
  const config = {
    submitQueue: sqs.queueUrl("submit"),
    submitDeadLetters: sqs.queueUrl("submit-dead"),
    pollQueue: sqs.queueUrl("poll"),
    pollDeadLetters: sqs.queueUrl("poll-dead"),
  };
  const watched = new SQSClient({ ...localClient(sqs.endpoint), maxAttempts: 1 });
  watched.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        const answer = await next(args);
        if (commandName === ChangeMessageVisibilityCommand.name) {
          await onPutBack();
        }
        return answer;
      },
    { step: "initialize" },
  );
  stage = { name: "the stage", sqs: watched, config } as unknown as Stage;
});
afterAll(async () => {
  stage.sqs.destroy();
  client.destroy();
  await sqs.close();
});
beforeEach(async () => {
  onPutBack = async () => undefined;
  for (const name of queues) {
    await client.send(new PurgeQueueCommand({ QueueUrl: sqs.queueUrl(name) }));
  }
});

const put = (body: string) =>
  client.send(new SendMessageCommand({ QueueUrl: sqs.queueUrl("submit-dead"), MessageBody: body }));
const redrive = (options: { yes?: boolean }) =>
  actOnLetters(stage, { id: undefined, intend: () => "", done: "redriven", act: redriveLetter }, options);
/** The bodies of what is dead, which is in nobody's hands afterwards. */
async function readBodies(): Promise<string[]> {
  const held = await takeAll(stage);
  for (const { box, letters } of held) {
    await putBack(client, box, letters);
  }
  return held.flatMap(({ letters }) => letters.map(({ body }) => body)).sort();
}

// Each look at the queues waits a second for each until nothing more comes.
describe("acting on dead letters", { timeout: 60_000 }, () => {
  it("holds none while it asks, and tells truly what was done when one was dealt with meanwhile", async () => {
    await put("first");
    await put("second");
    let isFirst = true;
    onPutBack = async () => {
      if (isFirst) {
        isFirst = false;
        const QueueUrl = sqs.queueUrl("submit-dead");
        const { Messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl }));
        await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: Messages[0]?.ReceiptHandle ?? "" }));
        await put("third, that nobody was asked about");
      }
    };
    expect(await redrive({ yes: true })).toEqual({ acted: 1, gone: 1 });
    expect(await readBodies()).toEqual(["third, that nobody was asked about"]);
  });

  it("says that nothing was done, though the letters were no longer held when the answer came", async () => {
    await put("first");
    await put("second");
    const held = await takeAll(stage);
    for (const { box, letters } of held) {
      await putBack(client, box, letters);
      await expect(putBack(client, box, letters)).resolves.toBeUndefined();
    }
    await expect(redrive({})).rejects.toThrow(/^nothing was done/);
    expect(await readBodies()).toEqual(["first", "second"]);
  });

  it("deletes one wish by its message id, and never all that can be read", async () => {
    for (const itemId of ["poison", "good"]) {
      await put(JSON.stringify({ version: 1, kind: "go-on", dealerCode: "DEMO", itemId }));
    }
    const letters = await lookAtAll(stage);
    const poison = letters.find(({ body }) => body.includes("poison"));
    const discard = (id = "") =>
      actOnLetters(
        stage,
        { id, intend: () => "", done: "deleted", act: deleteLetter, checkCause: checkUnreadable },
        { yes: true },
      );
    await expect(discard(poison?.causeId)).rejects.toThrow(
      /^nothing was done: 2 dead letters of this cause can be read/,
    );
    expect(await discard(poison?.messageId)).toEqual({ acted: 1, gone: 0 });
    expect(await readBodies()).toEqual([expect.stringContaining("good")]);
  });
});
