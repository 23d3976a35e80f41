import { describe, expect, it } from "vitest";
import { lambdaListener } from "#listener/lambda-listener.ts";
import { memoryHeardAds } from "#listener/memory-heard-ads.ts";

function delivery(itemId: string, sequence: number) {
  const metadata = { id: `${itemId}-${sequence}`, dealerCode: "DEMO", itemId, sequence, replay: false };
  return { "detail-type": "AdPublished", detail: { metadata, data: {} } };
}

const message = (itemId: string, sequence: number) => ({
  messageId: `message-${itemId}-${sequence}`,
  body: JSON.stringify(delivery(itemId, sequence)),
});

function listener({ fails = () => false }: { fails?: (id: string) => boolean } = {}) {
  const [handled, failures, gaps]: [string[], string[], number[]] = [[], [], []];
  const handler = lambdaListener({
    heardAds: memoryHeardAds(),
    on: {
      AdPublished: ({ metadata }) => {
        if (fails(metadata.id)) {
          throw new Error(`no room for ${metadata.id}`);
        }
        handled.push(metadata.id);
      },
    },
    onGap: ({ missing }) => void gaps.push(...missing),
    onFailure: (error, messageId) => void failures.push(`${messageId}: ${(error as Error).message}`),
  });
  return { handler, handled, failures, gaps };
}

describe("a Lambda function's listener", () => {
  it("takes one event straight from a rule, and fails with it", async () => {
    const { handler, handled } = listener({ fails: (id) => id === "car-2" });
    expect(await handler(delivery("car", 1))).toBeUndefined();
    await expect(handler(delivery("car", 2))).rejects.toThrow("no room for car-2");
    expect(handled).toEqual(["car-1"]);
  });

  it("takes a batch, each ad's events in their order", async () => {
    const { handler, handled, gaps } = listener();
    const Records = [message("car", 2), message("boat", 1), message("car", 1), message("car", 2)];
    expect(await handler({ Records })).toEqual({ batchItemFailures: [] });
    expect(handled.toSorted()).toEqual(["boat-1", "car-1", "car-2"]);
    expect(handled.indexOf("car-1")).toBeLessThan(handled.indexOf("car-2"));
    expect(gaps).toEqual([]);
  });

  it("gives back what failed and what is behind it of the same ad, and does the rest", async () => {
    const { handler, handled, failures, gaps } = listener({ fails: (id) => id === "car-1" });
    const answer = await handler({ Records: [message("car", 1), message("car", 2), message("boat", 1)] });
    expect(answer?.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).toEqual([
      "message-car-1",
      "message-car-2",
    ]);
    expect(handled).toEqual(["boat-1"]);
    expect(failures).toEqual(["message-car-1: no room for car-1"]);
    expect(gaps).toEqual([]);
  });

  it.each(["not JSON", "{}", "null"])("gives back a message that is no ad event: %s", async (body) => {
    const { handler, handled, failures } = listener();
    const answer = await handler({ Records: [{ messageId: "odd", body }, message("car", 1)] });
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: "odd" }] });
    expect(failures).toHaveLength(1);
    expect(handled).toEqual(["car-1"]);
  });
});
