import { describe, expect, it } from "vitest";
import { drawEvents } from "#test/e2e/load/draw-events.ts";
import { sendAll } from "#test/e2e/load/send-all.ts";
import { startStub } from "./load-stub.ts";

const sending = { clients: 4, patienceMs: 10_000, pauseMs: 1 };
const idOf = (body: string) => JSON.parse(body).id as string;

describe("the senders of the load", () => {
  it("send again what was refused and what was not answered, and some of what was taken", async () => {
    const asked: string[] = [];
    const answers = [{ status: 503 }, { status: 429 }, null];
    await using stub = await startStub(({ body }) => {
      asked.push(idOf(body));
      return answers.shift() ?? { status: 202 };
    });
    const sent = await sendAll(stub.url, drawEvents(60, 10), sending);
    expect(sent.taken.map(({ id }) => id).toSorted()).toEqual(
      drawEvents(60, 10)
        .map(({ id }) => id)
        .toSorted(),
    );
    expect(sent.refused).toBe(2);
    expect(sent.unanswered).toBeGreaterThan(0);
    const timesOf = (id: string) => asked.filter((one) => one === id).length;
    expect([timesOf("load-25"), timesOf("load-40")]).toEqual([2, 2]);
    expect(timesOf("load-50")).toBeGreaterThan(1);
  });

  it("has two requests about one event under way at once", async () => {
    const both = Promise.withResolvers<void>();
    let underWay = 0;
    await using stub = await startStub(async ({ body }) => {
      if (idOf(body) === "load-25") {
        underWay += 1;
        underWay === 2 && both.resolve();
        await both.promise;
      }
      return { status: 202 };
    });
    await sendAll(stub.url, drawEvents(26, 1), { ...sending, patienceMs: 2_000 });
    expect(underWay).toBe(2);
  });

  it.each([
    [{ status: 503 }, "the last time it was answered 503"],
    [{ status: 429 }, "the last time it was answered 429"],
    [null, "the last time it was not answered"],
  ])("give up when for too long the answer is %j", async (answer, words) => {
    await using stub = await startStub(() => answer);
    await expect(sendAll(stub.url, drawEvents(20, 5), { ...sending, patienceMs: 100 })).rejects.toThrow(words);
  });

  it("stop at once when an event will never be taken", async () => {
    await using stub = await startStub(({ body }) => ({ status: idOf(body) === "load-3" ? 401 : 202 }));
    await expect(sendAll(stub.url, drawEvents(2_000, 5), sending)).rejects.toThrow("load-3 was answered 401");
  });
});
