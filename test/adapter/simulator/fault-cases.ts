import type { FaultKind } from "#local/simulator/fault-kinds.ts";
import type { FaultInput } from "#local/simulator/faults.ts";
import { boat } from "#test/unit/simulator/marketplace-fixture.ts";
import type { SimulatorApi } from "./simulator-api.ts";

/** What a client sees of a POST that meets a fault, and what then is there. */
interface FaultCase {
  fault: FaultInput;
  /** The answer, or what became of it. */
  sees: (api: SimulatorApi) => Promise<unknown>;
  answer: unknown;
  /** The log of the ad afterwards; null when there is no ad. */
  log: string[] | null;
}

const published = ["create processing", "create done", "publish processing", "publish done"];

const post = (api: SimulatorApi, body: object = boat) => api.call("POST", "/v4/boat", body);

async function statusOf(api: SimulatorApi): Promise<unknown> {
  return (await post(api)).status;
}

/** `fetch failed` where no answer began, `terminated` where one broke off. */
async function failureOf(api: SimulatorApi): Promise<unknown> {
  return post(api).then(
    ({ status }) => status,
    (error: Error) => error.message,
  );
}

/** Whether the request still hangs when others have been answered, and how it ends when its connection is closed. */
async function hangOf(api: SimulatorApi): Promise<unknown> {
  const hanging = failureOf(api);
  for (let count = 0; count < 5; count += 1) await api.control("GET", "charges");
  return Promise.race([hanging, api.control("GET", "charges").then(() => "hangs")]);
}

async function textOf(api: SimulatorApi): Promise<unknown> {
  const response = await fetch(`${api.url}/pro-import-api/v4/boat`, {
    method: "POST",
    headers: { "x-auth-token": "sandbox-token", "content-type": "application/json" },
    body: JSON.stringify(boat),
  });
  const text = await response.text();
  return [response.status, response.headers.get("content-type"), text.startsWith('{"id":"'), text.endsWith("}")];
}

/** How much later than at once the answer comes, in whole hundreds of ms. */
async function delayOf(api: SimulatorApi): Promise<unknown> {
  const start = performance.now();
  await post(api);
  return performance.now() - start >= 190;
}

async function statusesOf(api: SimulatorApi): Promise<unknown> {
  const first = await post(api);
  const second = await api.call("GET", "/v4/ad");
  await api.control("DELETE", "faults");
  return [first.status, second.status, (await api.call("GET", "/v4/ad")).status];
}

/** One for every kind: the type asks for it. */
export const faultCases: { [Kind in FaultKind]: FaultCase & { fault: { kind: Kind } } } = {
  status: { fault: { kind: "status", status: 418 }, sees: statusOf, answer: 418, log: null },
  html: { fault: { kind: "html" }, sees: textOf, answer: [502, "text/html", false, false], log: null },
  hang: { fault: { kind: "hang" }, sees: hangOf, answer: "hangs", log: null },
  slow: { fault: { kind: "slow", delayMs: 200 }, sees: delayOf, answer: true, log: published },
  "drop-before": { fault: { kind: "drop-before" }, sees: failureOf, answer: "fetch failed", log: null },
  "drop-during": { fault: { kind: "drop-during" }, sees: failureOf, answer: "terminated", log: published },
  "drop-after": { fault: { kind: "drop-after" }, sees: failureOf, answer: "fetch failed", log: published },
  truncated: {
    fault: { kind: "truncated" },
    sees: textOf,
    answer: [201, "application/json", true, false],
    log: published,
  },
  "revoke-token": { fault: { kind: "revoke-token" }, sees: statusesOf, answer: [401, 401, 200], log: null },
  "late-log": { fault: { kind: "late-log", delayMs: 60_000 }, sees: statusOf, answer: 201, log: [] },
  stuck: { fault: { kind: "stuck", delayMs: 60_000 }, sees: statusOf, answer: 201, log: ["create processing"] },
  "image-error": {
    fault: { kind: "image-error" },
    sees: async (api) => (await post(api, { ...boat, image_urls: ["https://images.example/1.jpg"] })).status,
    answer: 201,
    log: ["create processing", "create done", "handle_media processing", "handle_media error", ...published.slice(2)],
  },
  "publish-error": {
    fault: { kind: "publish-error" },
    sees: statusOf,
    answer: 201,
    log: [...published.slice(0, 3), "publish error"],
  },
};
