import { once } from "node:events";
import { createServer } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import { makeSqsClient } from "#shared/aws/aws-clients.ts";
import { sqsPollQueue } from "#shared/aws/sqs-poll-queue.ts";
import { defaultProvider } from "#shared/bundle/credential-provider.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

function stubKeys(): void {
  vi.stubEnv("AWS_REGION", "eu-north-1");
  vi.stubEnv("AWS_ACCESS_KEY_ID", "key");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "secret");
}

describe("makeSqsClient", () => {
  it("goes where the environment says, and gives up on a server that never answers", async () => {
    let connections = 0;
    const server = createServer((socket) => {
      connections += 1;
      socket.on("error", () => {});
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    const { port } = server.address() as { port: number };
    stubKeys();
    vi.stubEnv("AWS_ENDPOINT_URL_SQS", `http://127.0.0.1:${port}`);
    const client = makeSqsClient({ connectionMs: 500, requestMs: 50, attempts: 2 });
    const queue = sqsPollQueue({ client, queueUrl: `http://127.0.0.1:${port}/000000000000/poll` });
    const failure: unknown = await queue.send({ version: 1, kind: "tick" }, 0).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: "RetryableError", cause: { name: "TimeoutError" } });
    expect(connections).toBe(2);
    client.destroy();
    server.close();
  });
});

describe("defaultProvider", () => {
  it("takes the credentials from the environment", async () => {
    stubKeys();
    expect(await defaultProvider()()).toMatchObject({ accessKeyId: "key", secretAccessKey: "secret" });
  });
});
