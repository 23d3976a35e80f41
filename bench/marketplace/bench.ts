import { fork } from "node:child_process";
import { once } from "node:events";
import { Agent, request } from "node:http";
import { resolve } from "node:path";
import type { Bench } from "#bench/result.ts";
import { compare, roundsOf } from "#bench/stage/compare.ts";
import { median } from "#bench/stage/statistics.ts";
import { smithyHttpCall } from "#shared/blocket/smithy-http-call.ts";

const fullRounds = 100;
const callsAtScale1 = 100;
const warmUpRounds = 10;
/** Of what fetch takes. */
const limit = 0.4;

const headers = { accept: "application/json", "accept-encoding": "identity", "x-auth-token": "bench" };

/**
 * One GET at the marketplace: our client beside Node's own `fetch`, both over connections kept open, with the same headers, a
 * deadline, and the whole body read as text. The server is a process of its own and answers 2 KB at once. `scale` is how many times a hundred calls a round has.
 */
export const bench: Bench = {
  name: "marketplace",
  async run({ rounds, scale }) {
    const server = fork(resolve(import.meta.dirname, "answering-server.ts"));
    const [port] = await once(server, "message");
    const baseUrl = `http://127.0.0.1:${port}/pro-import-api`;
    const client = smithyHttpCall({ baseUrl, now: Date.now });
    const agent = new Agent({ keepAlive: true });
    const callOurs = async () => {
      const deadline = Date.now() + 10_000;
      const outcome = await client.httpCall({ method: "GET", path: "/v4/ad", headers, body: null, deadline });
      return outcome.kind === "answer" ? outcome.body.length : 0;
    };
    const callFetch = async () => {
      const signal = AbortSignal.timeout(10_000);
      return (await (await fetch(`${baseUrl}/v4/ad`, { headers, signal })).text()).length;
    };
    const figures = { ours: [] as number[], fetch: [] as number[], bare: [] as number[] };
    for (let round = -warmUpRounds; round < roundsOf(fullRounds, rounds); round += 1) {
      const ours = await microsecondsPerCall(callOurs, callsAtScale1 * scale);
      const theirs = await microsecondsPerCall(callFetch, callsAtScale1 * scale);
      const bare = await microsecondsPerCall(() => callBare(`${baseUrl}/v4/ad`, agent), callsAtScale1 * scale);
      if (round >= 0) {
        figures.ours.push(ours);
        figures.fetch.push(theirs);
        figures.bare.push(bare);
      }
    }
    client.close();
    agent.destroy();
    const ended = once(server, "exit");
    server.disconnect();
    await ended;
    const named = { what: "CPU per call to the marketplace", unit: "µs", command: "npm run bench:marketplace" };
    const ours = { ...named, ours: figures.ours };
    const note = noteOf(median(figures.bare.map((bare, round) => bare / (figures.fetch[round] ?? Number.NaN))));
    return {
      bench: "marketplace",
      results: [
        compare({ ...ours, name: "marketplace.call", limit, against: "fetch", reference: figures.fetch, note }),
        compare({ ...ours, name: "marketplace.call-floor", limit: null, against: "floor", reference: figures.bare }),
      ],
    };
  },
};

/** The least there is: Node's own client with an agent, without deadline, limits or translated errors. */
function callBare(url: string, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response
        .on("data", (chunk: Buffer) => chunks.push(chunk))
        .on("end", () => resolve(Buffer.concat(chunks).toString().length))
        .on("error", reject);
    });
    asked.on("error", reject).end();
  });
}

async function microsecondsPerCall(call: () => Promise<number>, calls: number): Promise<number> {
  const before = process.cpuUsage();
  for (let made = 0; made < calls; made += 1) {
    if ((await call()) === 0) {
      throw new Error("a call was not answered");
    }
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / calls;
}

const aroundNote =
  "without TLS, which costs both the same. Around Node's own client, which is the floor printed below, lie the SDK's NodeHttpHandler, the deadline, the limit of a body, and the telling apart of what was surely not sent. Node's bare client would be at the floor";

/** What would reach the limit, which not even the floor may. */
function noteOf(floorAgainstFetch: number): string {
  return floorAgainstFetch > limit
    ? `${aroundNote}, and the limit lies below what even that reaches here: ${floorAgainstFetch.toFixed(2)} of fetch.`
    : `${aroundNote}, which keeps the limit.`;
}
