import { beforeEach, describe, expect, it } from "vitest";
import { type FakeSubmitQueue, fakeSubmitQueue } from "#test/support/aws/fake-submit-queue.ts";
import { goOn } from "#test/support/aws/sample-ads.ts";

let now: number;
let queue: FakeSubmitQueue;
beforeEach(() => {
  now = 0;
  queue = fakeSubmitQueue({ now: () => now, visibilityMs: 1_000, maxReceiveCount: 2 });
});

describe("makeFakeQueue", () => {
  it("hides what was received until its visibility is over, then delivers it again", async () => {
    await queue.send([goOn("a")]);
    expect(queue.receive()).toMatchObject([{ receiveCount: 1 }]);
    now = 999;
    expect(queue.receive()).toEqual([]);
    expect(queue.nextVisibleAt()).toBe(1_000);
    now = 1_000;
    expect(queue.receive()).toMatchObject([{ receiveCount: 2, message: goOn("a") }]);
  });

  it("postpones from now, and delivers the longest visible first", async () => {
    await queue.send([goOn("a"), goOn("b"), goOn("c")]);
    const [a] = queue.receive(1);
    queue.postpone(a?.receiptHandle ?? "", 10);
    expect(queue.receive(1)).toMatchObject([{ message: goOn("b") }]);
    now = 10;
    expect(queue.receive()).toMatchObject([{ message: goOn("c") }, { message: goOn("a") }]);
  });

  it("delivers a copy, twice when told to repeat", async () => {
    await queue.send([goOn("a")]);
    const [first] = queue.receive();
    Object.assign(first?.message ?? {}, { itemId: "changed" });
    queue.repeat(first?.messageId ?? "");
    expect(queue.receive()).toMatchObject([{ message: goOn("a") }]);
    expect(queue.messages()).toEqual([goOn("a"), goOn("a")]);
  });
});
