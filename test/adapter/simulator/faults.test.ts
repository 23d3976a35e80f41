import { describe, expect, it } from "vitest";
import { faultKinds } from "#local/simulator/fault-kinds.ts";
import { boat } from "#test/unit/simulator/marketplace-fixture.ts";
import { faultCases } from "./fault-cases.ts";
import { openSimulator } from "./simulator-api.ts";

describe("a fault over HTTP", () => {
  it.each(faultKinds)("%s is met by one POST, and leaves what it says", async (kind) => {
    const { fault, sees, answer, log } = faultCases[kind];
    await using api = await openSimulator();
    expect((await api.control("POST", "faults", { match: { method: "POST" }, ...fault })).status).toBe(201);
    expect(await sees(api)).toEqual(answer);
    expect((await api.call("GET", "/v4/ad/boat-1")).status).toBe(log === null ? 404 : 200);
    if (log !== null) expect(await api.logOf("boat-1")).toEqual(log);
    expect((await api.call("POST", "/v4/boat", { ...boat, source_id: "next" })).status).toBe(201);
  });

  it("html acts before it answers when told to", async () => {
    await using api = await openSimulator();
    await api.control("POST", "faults", { kind: "html", status: 200, acts: true });
    expect(await api.call("POST", "/v4/boat", boat)).toMatchObject({
      status: 200,
      body: expect.stringMatching(/^<html>/),
    });
    expect((await api.call("GET", "/v4/ad/boat-1")).status).toBe(200);
  });

  it("revoke-token ends by itself when told to, and leaves other tokens alone", async () => {
    await using api = await openSimulator();
    await api.control("POST", "faults", { kind: "revoke-token", forMs: 300 });
    expect((await api.call("GET", "/v4/ad")).status).toBe(401);
    expect((await api.call("GET", "/v4/ad", undefined, { "x-auth-token": "sandbox-solo-token" })).status).toBe(200);
    await expect.poll(async () => (await api.call("GET", "/v4/ad")).status).toBe(200);
  });

  it("a slow answer keeps nobody from closing the simulator", async () => {
    const api = await openSimulator();
    await api.control("POST", "faults", { kind: "slow", delayMs: 3_600_000 });
    const slow = api.call("POST", "/v4/boat", boat).catch(() => "closed");
    await expect.poll(async () => (await api.control("GET", "requests")).body).toHaveLength(1);
    await api[Symbol.asyncDispose]();
    expect(await slow).toBe("closed");
  });
});
