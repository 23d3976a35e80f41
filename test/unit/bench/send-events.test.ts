import { describe, expect, it } from "vitest";
import { sendEvents } from "#bench/throughput/send-events.ts";
import { startStub } from "#test/unit/load/load-stub.ts";

const events = (count: number) => Array.from({ length: count }, (_, place) => () => ({ id: `car-${place}` }));
const idOf = (body: string) => JSON.parse(body).id as string;
const taken = (id: string) => ({ status: 202, body: { items: [{ id, status: "queued" }] } });
const againIn = (status: number, seconds: number) => ({ status, headers: { "retry-after": String(seconds) } });
const problem = (status: number, title: string) => ({ status, body: { title, detail: "So it is." } });

describe("the clients of the throughput bench", () => {
  it("send again what an answer asks for again, after the time that it says", async () => {
    const answers = [againIn(429, 2), againIn(503, 5)];
    const asked: string[] = [];
    const paused: number[] = [];
    await using stub = await startStub(({ body }) => {
      asked.push(idOf(body));
      return answers.shift() ?? taken(idOf(body));
    });
    await sendEvents(stub.url, events(3), { clients: 1, pause: async (ms) => void paused.push(ms) });
    expect(asked).toEqual(["car-0", "car-0", "car-0", "car-1", "car-2"]);
    expect(paused).toEqual([2_000, 5_000]);
  });

  it.each([
    ["a 429 that does not say when", problem(429, "Slowly"), "car-3 was answered 429: Slowly: So it is."],
    ["a 503 that does not say when", problem(503, "Away"), "car-3 was answered 503: Away: So it is."],
    ["a fault of the bridge", problem(500, "Broken"), "car-3 was answered 500: Broken: So it is."],
    ["a 500, whatever it says", againIn(500, 1), "car-3 was answered 500"],
    ["a refusal", problem(401, "Unsigned"), "car-3 was answered 401: Unsigned: So it is."],
    ["a broken connection", null, "car-3 was not answered"],
    [
      "an event that was rejected",
      { status: 202, body: { items: [{ id: "car-3", status: "rejected" }] } },
      'car-3 was answered 202: {"id":"car-3","status":"rejected"}',
    ],
    ["a 202 about nothing", { status: 202, body: { items: [] } }, "car-3 was answered 202: null"],
  ])("stop at once at %s", async (_what, answer, words) => {
    const asked: string[] = [];
    await using stub = await startStub(({ body }) => {
      asked.push(idOf(body));
      return idOf(body) === "car-3" ? answer : taken(idOf(body));
    });
    await expect(sendEvents(stub.url, events(500), { clients: 4 })).rejects.toThrow(words);
    expect(asked.filter((id) => id === "car-3")).toHaveLength(1);
    expect(asked.length).toBeLessThan(20);
  });

  it("give up when an event is wanted again without end", async () => {
    await using stub = await startStub(() => againIn(503, 5));
    const sent = sendEvents(stub.url, events(1), { clients: 1, pause: async () => {} });
    await expect(sent).rejects.toThrow("car-0 was wanted again 10 times, the last time by a 503");
  });
});
