import type { SQSEvent, SQSRecord } from "aws-lambda";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { PoisonMessageError, RetryableError } from "#shared/contracts/errors.ts";
import { type SqsHandlerOptions, type SqsStep, sqsHandler } from "#shared/lambda/sqs-handler.ts";
import { lambdaContext } from "./lambda-context.ts";
import { recordedLogger } from "./recorded-logger.ts";

const schema = z.object({ ad: z.string(), n: z.number() });
type Message = z.infer<typeof schema>;

const recordOf = (body: string, messageId: string, receiveCount = 1) =>
  ({
    messageId,
    receiptHandle: `handle-${messageId}`,
    body,
    attributes: { ApproximateReceiveCount: String(receiveCount) },
  }) as unknown as SQSRecord;

const messages = (...all: Message[]): SQSEvent => ({
  Records: all.map((message) => recordOf(JSON.stringify(message), `m${message.n}`)),
});

async function run(event: SQSEvent, step: SqsStep<Message>, changes: Partial<SqsHandlerOptions<Message>> = {}) {
  const logger = recordedLogger();
  const letters: { body: string; reason: string }[] = [];
  const postponed: [string, number][] = [];
  const handler = sqsHandler(
    {
      name: "submit",
      schema,
      logger,
      deadLetters: { send: async (letter) => void letters.push(letter) },
      postpone: async (handle, seconds) => void postponed.push([handle, seconds]),
      random: () => 0,
      ...changes,
    },
    step,
  );
  const { batchItemFailures } = await handler(event, lambdaContext());
  const failures = batchItemFailures.map(({ itemIdentifier }) => itemIdentifier).sort();
  return { failures, letters, postponed, lines: logger.lines };
}

describe("the SQS handler", () => {
  it("counts what ends well as done and logs one line for it", async () => {
    const { failures, lines } = await run(
      messages({ ad: "a", n: 1 }),
      async (message, { receiveCount, remainingMs, note }) => {
        note({ dealerCode: message.ad, attempts: receiveCount, count: remainingMs() });
      },
    );
    expect(failures).toEqual([]);
    expect(lines).toEqual([
      {
        level: "event",
        name: "submit.handled",
        fields: {
          dealerCode: "a",
          attempts: 1,
          count: 30_000,
          messageId: "m1",
          receiveCount: 1,
          outcome: "done",
          durationMs: expect.any(Number),
        },
      },
    ]);
  });

  it("returns only the message that failed; the others ran once and are done", async () => {
    const runs: number[] = [];
    const { failures, lines } = await run(
      messages({ ad: "a", n: 1 }, { ad: "b", n: 2 }, { ad: "c", n: 3 }),
      async ({ n }) => {
        runs.push(n);
        if (n === 2) {
          throw new TypeError("a bug");
        }
      },
    );
    expect(failures).toEqual(["m2"]);
    expect(runs).toEqual([1, 2, 3]);
    expect(lines.filter(({ level }) => level === "error")).toMatchObject([
      { fields: { messageId: "m2", outcome: "stays" }, error: { message: "a bug" } },
    ]);
  });

  it("survives a step that throws before it returns a promise", async () => {
    const step = () => {
      throw new Error("at once");
    };
    expect((await run(messages({ ad: "a", n: 1 }, { ad: "b", n: 2 }), step)).failures).toEqual(["m1", "m2"]);
  });

  it.each([
    ["not JSON", "not JSON"],
    ['{"ad":"a"}', 'not a message of ours: required at "/n"'],
    ["null", 'not a message of ours: invalid-type at ""'],
  ])("takes %s to the dead letters with the reason, beside good ones", async (body, reason) => {
    const ran: number[] = [];
    const event = { Records: [recordOf(body, "bad"), ...messages({ ad: "a", n: 1 }).Records] };
    const { failures, letters, lines } = await run(event, async ({ n }) => void ran.push(n));
    expect(failures).toEqual([]);
    expect(letters).toEqual([{ body, reason }]);
    expect(ran).toEqual([1]);
    expect(lines.find(({ level }) => level === "error")?.fields).toMatchObject({
      messageId: "bad",
      outcome: "dead-lettered",
    });
  });

  it("takes a message to the dead letters when the step calls it poison", async () => {
    const step = () => Promise.reject(new PoisonMessageError("of a version we no longer know"));
    const { failures, letters } = await run(messages({ ad: "a", n: 1 }), step);
    expect(failures).toEqual([]);
    expect(letters).toMatchObject([{ reason: "of a version we no longer know" }]);
  });

  it("keeps an unreadable message when the dead letters don't take it", async () => {
    const deadLetters = { send: () => Promise.reject(new RetryableError("no")) };
    const { failures } = await run({ Records: [recordOf("x", "bad")] }, async () => {}, { deadLetters });
    expect(failures).toEqual(["bad"]);
  });

  it("keeps what can be retried for later, ever later", async () => {
    const body = JSON.stringify({ ad: "a", n: 1 });
    const event = { Records: [1, 2, 3, 40].map((count) => recordOf(body, `m${count}`, count)) };
    const { failures, postponed, lines } = await run(event, () => Promise.reject(new RetryableError("later")));
    expect(failures).toEqual(["m1", "m2", "m3", "m40"]);
    expect(postponed).toEqual([
      ["handle-m1", 3],
      ["handle-m2", 5],
      ["handle-m3", 10],
      ["handle-m40", 150],
    ]);
    expect(lines.map(({ level, fields }) => [level, fields.outcome])).toEqual(Array(4).fill(["warn", "postponed"]));
  });

  it("keeps a message as it is when it can't be postponed", async () => {
    const postpone = () => Promise.reject(new Error("ReceiptHandleIsInvalid"));
    const step = () => Promise.reject(new RetryableError("later"));
    const { failures, lines } = await run(messages({ ad: "a", n: 1 }), step, { postpone });
    expect(failures).toEqual(["m1"]);
    expect(lines.at(-1)).toMatchObject({ name: "submit.handled", fields: { outcome: "stays" } });
  });

  it("begins nothing for which too little time is left", async () => {
    let isBegun = false;
    const step = async () => {
      isBegun = true;
    };
    const { failures } = await run(messages({ ad: "a", n: 1 }), step, { neededMs: 30_001 });
    expect([failures, isBegun]).toEqual([["m1"], false]);
  });

  it("runs messages side by side, but those of one group one after the other", async () => {
    const trace: string[] = [];
    const gates = new Map<number, () => void>();
    const all = messages({ ad: "a", n: 1 }, { ad: "b", n: 2 }, { ad: "a", n: 3 }, { ad: "b", n: 4 });
    const step: SqsStep<Message> = async ({ n }) => {
      trace.push(`begin ${n}`);
      if (n < 3) {
        await new Promise<void>((resolve) => gates.set(n, resolve));
      }
      trace.push(`end ${n}`);
      if (n === 2) {
        gates.get(1)?.();
        throw new Error("does not stop its group");
      }
    };
    const running = run(all, step, { groupBy: ({ ad }) => ad });
    await expect.poll(() => gates.size).toBe(2);
    gates.get(2)?.();
    expect((await running).failures).toEqual(["m2"]);
    expect(trace).toHaveLength(8);
    expect(trace.indexOf("end 1")).toBeLessThan(trace.indexOf("begin 3"));
    expect(trace.indexOf("end 2")).toBeLessThan(trace.indexOf("begin 4"));
    expect(trace.slice(0, 2)).toEqual(["begin 1", "begin 2"]);
  });
});
