import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { localClient } from "#local/emulators/local-client.ts";
import { postInventoryEvents } from "#local/send/post-inventory-events.ts";
import { removed, upserted } from "#test/e2e/sample-events.ts";
import { type RunningSandbox, startSandboxProcess } from "#test/e2e/sandbox-process.ts";
import { followAdEvents, readAd, readAdEvents, until } from "#test/e2e/sandbox-views.ts";
import { runBridge } from "./run-bridge.ts";

let sandbox: RunningSandbox;
let environment: Record<string, string>;
let sqs: SQSClient;
beforeAll(async () => {
  sandbox = await startSandboxProcess({ args: ["--no-stock"] });
  environment = (await (await fetch(`${sandbox.bridgeUrl}/sandbox/environment`)).json()) as Record<string, string>;
  sqs = new SQSClient(localClient(environment.AWS_ENDPOINT_URL_SQS ?? ""));
});
afterAll(async () => {
  sqs.destroy();
  await sandbox[Symbol.asyncDispose]();
});

const bridge = (...args: string[]) => runBridge(sandbox.bridgeUrl, args);
const send = (event: unknown) => postInventoryEvents(sandbox.bridgeUrl, JSON.stringify(event));
const publishedOf =
  (itemId: string) =>
  ({ detail }: { detail: { metadata: { itemId: string | null } } }) =>
    detail.metadata.itemId === itemId;
const put = (queue: "SUBMIT_QUEUE_URL" | "SUBMIT_DEAD_LETTER_QUEUE_URL", body: string) =>
  sqs.send(new SendMessageCommand({ QueueUrl: environment[queue], MessageBody: body }));
const readPosts = async () => {
  const requests = (await (await fetch(`${sandbox.simulatorUrl}/control/requests`)).json()) as { method: string }[];
  return requests.filter(({ method }) => method === "POST").length;
};

/** A message as `receive` would have queued it. */
function queued(id: string, itemId: string): string {
  const event = { ...upserted({ id, itemId }), source: "sandbox", receivedAt: Date.now(), place: 0 };
  return JSON.stringify({ version: 1, kind: "inventory-event", listingIds: "uuid", event });
}

describe("npm run bridge, on dead letters", () => {
  it("finds none in one sentence, and ends with 1", async () => {
    for (const command of [["dead-letters"], ["redrive"], ["discard", "123456"]]) {
      const { code, stderr } = await bridge(...command);
      expect([code, stderr]).toEqual([1, expect.stringMatching(/^there are no dead letters in the sandbox at \S+\n$/)]);
    }
  });

  it("groups them by cause, shows one, and sends those of one cause back, twice without harm", async () => {
    await put("SUBMIT_QUEUE_URL", "poison");
    await put("SUBMIT_DEAD_LETTER_QUEUE_URL", queued("dead-1", "revived"));
    const { stdout } = await until(async () => {
      const listed = await bridge("dead-letters");
      return listed.stdout.trim().split("\n").length === 2 && listed;
    });
    const [, poison = ""] = /^(\w{6}) +1 .*not readable: not JSON$/m.exec(stdout) ?? [];
    const [, event = ""] = /^(\w{6}) +1 .*submit failed each time on: inventory-event$/m.exec(stdout) ?? [];
    expect((await bridge("dead-letters", "--show", poison)).stdout).toMatch(/not readable: not JSON\npoison\n$/);
    expect(await bridge("dead-letters", "--show", "nope")).toMatchObject({ code: 1, stdout: "" });

    const unasked = await bridge("redrive", event);
    expect(unasked).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/sends 1 dead letter back.*\nnothing was done/),
    });
    const done = await bridge("redrive", event, "--yes");
    expect([done.code, done.stdout]).toEqual([0, "1 dead letter redriven\n"]);
    await followAdEvents(sandbox.bridgeUrl, publishedOf("revived"));
    expect(await bridge("redrive", event, "--yes")).toMatchObject({ code: 1, stdout: "" });

    // The same letter once more, as a crash between its two calls leaves it.
    await put("SUBMIT_DEAD_LETTER_QUEUE_URL", queued("dead-1", "revived"));
    const posts = await readPosts();
    await until(async () => (await bridge("redrive", event, "--yes")).code === 0);
    await send(upserted({ id: "after", itemId: "after" }));
    await followAdEvents(sandbox.bridgeUrl, publishedOf("after"));
    expect(await readPosts()).toBe(posts + 1);
    expect((await readAdEvents(sandbox.bridgeUrl)).filter(publishedOf("revived"))).toHaveLength(1);
    expect((await bridge("dead-letters")).stdout).toContain("not JSON");
    expect(await bridge("discard", poison)).toMatchObject({ code: 1, stdout: "" });
    expect((await bridge("discard", poison, "--yes")).stdout).toBe("1 dead letter deleted\n");
    expect(await bridge("dead-letters")).toMatchObject({ code: 1, stdout: "" });
  });
});

describe("npm run bridge, on the lanes", () => {
  it("pauses a dealer until it is opened: events are kept, and no call is made", async () => {
    expect(await bridge("lanes", "close", "NOBODY", "--yes")).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^no token of the sandbox at \S+ covers a dealer NOBODY\n$/),
    });
    expect(await bridge("lanes", "open", "DEMO2", "--yes")).toMatchObject({ code: 1, stdout: "" });
    expect((await bridge("lanes", "close", "DEMO2", "--yes")).stdout).toBe("DEMO2 is paused\n");
    expect((await bridge("lanes", "close", "DEMO2", "--yes")).stdout).toBe("DEMO2 was paused before\n");
    const posts = await readPosts();
    await send(upserted({ id: "paused-1", dealerCode: "DEMO2", itemId: "paused" }));
    await until(async () => (await readAd(sandbox.bridgeUrl, { dealerCode: "DEMO2", itemId: "paused" }))?.ad.heldUntil);
    await send(upserted({ id: "other-1", itemId: "other" }));
    await followAdEvents(sandbox.bridgeUrl, publishedOf("other"));
    expect(await readPosts()).toBe(posts + 1);
    expect((await bridge("why", "DEMO2/paused")).stdout).toContain("because  DEMO2 is paused since");
    expect((await bridge("lanes")).stdout).toMatch(/^DEMO2 is paused since .* lanes open DEMO2\n$/);
    expect((await bridge("lanes", "open", "DEMO2", "--yes")).stdout).toBe("DEMO2 is open\n");
    expect((await bridge("lanes")).stdout).toBe("every lane is in order\n");
    await followAdEvents(sandbox.bridgeUrl, publishedOf("paused"));
  });
});

describe("npm run bridge -- replay", () => {
  it("tells the same facts again, marked; of an ad, of a dealer, of a window; twice without harm", async () => {
    await send(upserted({ id: "again-1", dealerCode: "SOLO", itemId: "again" }));
    await followAdEvents(sandbox.bridgeUrl, publishedOf("again"));
    await until(async () => (await bridge("ad", "SOLO/again")).stdout.includes("AdPublished"));
    for (const args of [["SOLO/again"], ["SOLO"], ["SOLO", "--from", "2020-01-01T00:00:00Z"]]) {
      const { code, stdout } = await bridge("replay", ...args, "--yes");
      expect([code, stdout]).toEqual([0, "1 ad event of 1 ad replayed\n"]);
    }
    const told = (await readAdEvents(sandbox.bridgeUrl)).filter(publishedOf("again")).map(({ detail }) => detail);
    expect(told.map(({ metadata }) => metadata.replay)).toEqual([false, true, true, true]);
    expect(new Set(told.map(({ metadata, data }) => JSON.stringify({ ...metadata, replay: true, data }))).size).toBe(1);
  });

  it.each([
    ["of all ads without a window", [], /^a replay of all ads needs a window/],
    ["of a window without a zone", ["SOLO", "--from", "2026-01-01T00:00:00"], /^--from must be a time with its zone/],
    ["of an unknown ad", ["SOLO/nobody"], /^no ad SOLO\/nobody is known/],
    ["of a time in which nothing was told", ["SOLO", "--to", "2020-01-01T00:00:00Z"], /has no ad event of SOLO in/],
  ])("refuses a replay %s in one sentence", async (_, args, sentence) => {
    const { code, stdout, stderr } = await bridge("replay", ...args, "--yes");
    expect([code, stdout, stderr]).toEqual([1, "", expect.stringMatching(sentence)]);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });
});

describe("npm run bridge -- move-receipts", () => {
  it("says what it does and asks, and tells what it moved", async () => {
    const sort = { S: "receipt#sandbox#old-1" };
    const receipt = {
      source: "sandbox",
      eventId: "old-1",
      outcome: "applied",
      reason: "bumped",
      at: 0,
      ofCharge: true,
    };
    const Item = { pk: { S: "DEMO#moved" }, sk: sort, receiptOf: sort, receipt: { S: JSON.stringify(receipt) } };
    const client = new DynamoDBClient(localClient(environment.AWS_ENDPOINT_URL_DYNAMODB ?? ""));
    await client.send(new PutItemCommand({ TableName: environment.ADS_TABLE_NAME ?? "", Item }));
    client.destroy();
    const asked = await bridge("move-receipts");
    expect([asked.code, asked.stderr]).toEqual([
      1,
      expect.stringMatching(/^This looks through the .*\nnothing was done/),
    ]);
    const told = async (...args: string[]) => (await bridge("move-receipts", "--yes", ...args)).stdout;
    expect(await told()).toBe("1 old receipts: 1 copied, 0 were copied before\n");
    expect(await told("--delete-old")).toBe(
      "1 old receipts: 0 copied, 1 were copied before; 1 of charged calls deleted\n",
    );
    expect(JSON.parse(await told("--json"))).toEqual({ found: 0, copied: 0, deleted: 0 });
  });
});

describe("npm run bridge -- forget", () => {
  it("erases what was said of a removed ad, twice without harm, and keeps its numbers", async () => {
    const key = { dealerCode: "DEMO", itemId: "forgotten" };
    await send(upserted({ id: "forgotten-1", itemId: "forgotten" }));
    await followAdEvents(sandbox.bridgeUrl, publishedOf("forgotten"));
    expect((await bridge("forget", "DEMO/forgotten", "--yes")).stderr).toMatch(/^DEMO\/forgotten is still wanted/);
    await send(removed({ id: "forgotten-2", itemId: "forgotten" }));
    await until(async () => (await bridge("why", "DEMO/forgotten")).stdout.includes("is at rest"));
    const before = await readAd(sandbox.bridgeUrl, key);
    for (const _ of [1, 2]) {
      const { code, stdout } = await bridge("forget", "DEMO/forgotten", "--yes");
      expect([code, stdout]).toEqual([0, "DEMO/forgotten is forgotten\n"]);
    }
    const after = await readAd(sandbox.bridgeUrl, key);
    expect(after?.ad.listings).toMatchObject([{ id: before?.ad.listings[0]?.id, generation: 1, plate: null }]);
    expect(after?.events.map(({ metadata }) => metadata)).toEqual(before?.events.map(({ metadata }) => metadata));
    expect(JSON.stringify(after)).not.toMatch(/no pictures|A moped/);
    expect(JSON.stringify(before)).toMatch(/no pictures/);
    await send(upserted({ id: "forgotten-3", itemId: "forgotten" }));
    await until(async () => (await readAd(sandbox.bridgeUrl, key))?.ad.listings.at(-1)?.generation === 2);
  });
});
