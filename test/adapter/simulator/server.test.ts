import { connect, createServer } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Simulator, startSimulator } from "#local/simulator/server.ts";
import { boat, callApi } from "./simulator-process.ts";

let simulator: Simulator;

beforeEach(async () => {
  simulator = await startSimulator({ port: 0 });
});

afterEach(() => simulator.close());

async function control(method: string, path: string, body?: unknown) {
  const response = await fetch(`${simulator.url}/control/${path}`, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
}

describe("the simulator's server", () => {
  it("serves the API below /pro-import-api and the control interface below /control", async () => {
    expect((await callApi(simulator.url, "POST", "/v4/boat", boat)).status).toBe(201);
    const { body } = await control("GET", "requests");
    expect(body).toEqual([{ at: expect.any(String), method: "POST", path: "/v4/boat", query: "", status: 201 }]);
    const page = await callApi(simulator.url, "GET", "/v4/ad?source_id__in=boat-1,x&include=log&limit=1");
    expect(page.body).toMatchObject({ count: 1, results: [{ source_id: "boat-1" }] });
    expect((await fetch(`${simulator.url}/v4/boat`)).status).toBe(404);
    expect((await fetch(`${simulator.url}/control/nothing`)).status).toBe(404);
  });

  it("brings an ad through on the machine's own clock", async () => {
    await control("PATCH", "settings", { queueDelayMs: 1, processingDelayMs: 1, pauseDelayMs: 1, publishDelayMs: 1 });
    await callApi(simulator.url, "POST", "/v4/boat", boat);
    await expect
      .poll(() => callApi(simulator.url, "GET", "/v4/ad/boat-1"))
      .toMatchObject({
        body: { blocket_ad_id: expect.any(String) },
      });
  });

  it("never answers a request that hangs, until it is closed", async () => {
    await control("POST", "faults", { kind: "hang" });
    const hanging = callApi(simulator.url, "POST", "/v4/boat", boat).then(
      () => "answered",
      () => "closed",
    );
    await expect.poll(() => simulator.marketplace.requests()).toMatchObject([{ status: null }]);
    expect(await Promise.race([hanging, control("GET", "charges").then(() => "open")])).toBe("open");
    await simulator.close();
    expect(await hanging).toBe("closed");
  });

  it.each([
    ["drop-before", 404],
    ["drop-after", 200],
  ])("closes the connection on %s; a GET then answers %i", async (kind, status) => {
    await control("POST", "faults", { kind });
    await expect(callApi(simulator.url, "POST", "/v4/boat", boat)).rejects.toThrow("fetch failed");
    expect((await callApi(simulator.url, "GET", "/v4/ad/boat-1")).status).toBe(status);
  });

  it("passes on the status, Retry-After and body of a fault", async () => {
    await control("POST", "faults", { kind: "status", status: 429, retryAfter: 3, body: { detail: "slow" } });
    const { status, headers, body } = await callApi(simulator.url, "GET", "/v4/ad");
    expect([status, headers.get("retry-after"), body]).toEqual([429, "3", { detail: "slow" }]);
  });

  it("keeps idle connections much longer than five seconds", async () => {
    const { headers } = await callApi(simulator.url, "GET", "/v4/ad");
    expect(headers.get("keep-alive")).toBe("timeout=75");
  });

  it("refuses a bad control body with 400 and a body that is too long with 413", async () => {
    expect(await control("PATCH", "settings", { nothing: 1 })).toMatchObject({ status: 400 });
    const long = await callApi(simulator.url, "POST", "/v4/boat", { ...boat, body: "x".repeat(3_000_000) });
    expect(long.status).toBe(413);
    expect(simulator.marketplace.ads()).toEqual([]);
  });

  it("outlives clients that go away in the middle of a request", async () => {
    const half = "POST /pro-import-api/v4/boat HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{";
    await new Promise<void>((resolve) => {
      const socket = connect(simulator.port, "127.0.0.1", () => socket.write(half, () => socket.destroy()));
      socket.on("close", () => resolve());
    });
    expect((await callApi(simulator.url, "GET", "/v4/ad")).status).toBe(200);
  });

  it("says in one sentence that its port is taken", async () => {
    const sentence = `port ${simulator.port} is already in use: set SIMULATOR_PORT to another, or to 0 for any free one`;
    await expect(startSimulator({ port: simulator.port })).rejects.toThrow(sentence);
  });

  it("gives its port back when the state cannot be kept", async () => {
    const { port } = simulator;
    await simulator.close();
    await expect(startSimulator({ port, dir: "/dev/null/x" })).rejects.toThrow(
      /^the simulator cannot keep its state in/,
    );
    const successor = createServer();
    await new Promise<void>((resolve, reject) => {
      successor.once("error", reject);
      successor.listen(port, "127.0.0.1", resolve);
    });
    await new Promise((resolve) => successor.close(resolve));
  });
});
