import { describe, expect, it } from "vitest";
import { type ReceiveDependencies, receive } from "#functions/receive/receive.ts";
import { rehearse } from "#functions/receive/rehearse.ts";
import { fakeSubmitQueue } from "#test/support/aws/fake-submit-queue.ts";

const now = () => Date.parse("2026-11-21T08:00:00Z");

function dependencies() {
  const queue = fakeSubmitQueue({ now });
  const sources = { read: () => Promise.reject(new Error("the real sources were read")) };
  const rateLimit = () => {
    throw new Error("the real rate was used up");
  };
  return { queue, sources, rateLimit, now, knownValues: { current: () => new Map() }, mostPictures: 38 };
}

describe("rehearse", () => {
  it("touches neither sources, nor rate, nor queue", async () => {
    const real = dependencies();
    await rehearse(real satisfies ReceiveDependencies);
    expect(real.queue.messages()).toEqual([]);
  });

  it("takes a car that is valid, so that all code on its way is run", async () => {
    const answers: unknown[] = [];
    await rehearse(dependencies(), async (...args) => {
      const answer = await receive(...args);
      answers.push(answer);
      return answer;
    });
    expect(answers).toEqual([{ status: 202, body: { items: [{ id: "rehearsal", status: "queued" }] } }]);
  });
});
