import { afterEach, describe, expect, it, vi } from "vitest";
import { addCanaryRule } from "#local/sandbox/canary-rule.ts";
import { functionEnvironment } from "#local/sandbox/function-environment.ts";
import { names } from "#local/sandbox/sandbox-constants.ts";
import { startEmulators } from "#local/sandbox/start-emulators.ts";
import { startQueuePoller } from "#local/sandbox/start-queue-poller.ts";
import { startTicks } from "#local/sandbox/start-ticks.ts";
import { environment } from "#shared/contracts/environment.ts";

const canaryMs = 1_000;
const tickMs = 200;

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

type Line = { level: string; message: string; failure?: { message: string } };

/** What is logged from now on; `find` waits for the next line of a name. */
function watchLog() {
  const waiting = new Map<string, (line: Line) => void>();
  const keep = (chunk: unknown) => {
    const line = JSON.parse(String(chunk)) as Line;
    waiting.get(line.message)?.(line);
    return true;
  };
  vi.spyOn(process.stdout, "write").mockImplementation(keep);
  vi.spyOn(process.stderr, "write").mockImplementation(keep);
  return { find: (name: string) => new Promise<Line>((resolve) => waiting.set(name, resolve)) };
}

/** The real `poll` with its queue and a fast schedule, and AWS as the sandbox has it, but for the canaries' rule. */
async function startPoll(closing: AsyncDisposableStack, { busName }: { busName: string }) {
  const { sqs, dynamodb, stub } = await startEmulators(null, closing);
  const endpoints = {
    sqs: sqs.endpoint,
    dynamodb: dynamodb.endpoint,
    stub: stub.endpoint,
    marketplace: "http://127.0.0.1:9",
  };
  const given = { LOG_LEVEL: "INFO" };
  const own = { [environment.eventBus]: busName, [environment.waits]: JSON.stringify({ canaryMs }) };
  const variables = { ...functionEnvironment(endpoints, { queueUrl: sqs.queueUrl, given }), ...own };
  for (const [name, value] of Object.entries(variables)) {
    vi.stubEnv(name, value);
  }
  vi.resetModules();
  const { handler } = await import("#functions/poll/handler.ts");
  const queue = { endpoint: sqs.endpoint, queueUrl: sqs.queueUrl(names.pollQueue), report: expect.unreachable };
  const invocation = { functionName: "poll", handler: handler as never, timeoutMs: 8_000 };
  const poller = startQueuePoller({ ...queue, queueName: names.pollQueue, batchSize: 1, concurrency: 2, invocation });
  closing.defer(() => poller.close());
  const ticks = startTicks({ ...queue, everyMs: tickMs });
  closing.defer(() => ticks.close());
  return { stub, queue };
}

describe("canaries, over the wire", () => {
  it("are missed when no rule brings them back, and heard when one does", async () => {
    await using closing = new AsyncDisposableStack();
    const log = watchLog();
    const missing = log.find("bus.canary-missing");
    const { stub, queue } = await startPoll(closing, { busName: names.bus });
    expect(await missing).toMatchObject({ level: "ERROR", failure: { message: expect.stringContaining(names.bus) } });
    const heard = log.find("bus.canary-heard");
    const rule = addCanaryRule(stub, queue);
    closing.defer(() => rule.close());
    expect(await heard).toMatchObject({ level: "INFO" });
  });

  it("are missed on a bus that isn't there, which takes them all", async () => {
    await using closing = new AsyncDisposableStack();
    const missing = watchLog().find("bus.canary-missing");
    const { stub, queue } = await startPoll(closing, { busName: "mistyped" });
    const rule = addCanaryRule(stub, queue);
    closing.defer(() => rule.close());
    expect(await missing).toMatchObject({ level: "ERROR", failure: { message: expect.stringContaining("mistyped") } });
    expect(stub.deliveries()).toEqual([]);
  });
});
