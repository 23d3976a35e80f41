import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readExample } from "#tools/contract/published-examples.ts";
import { type RunningSandbox, run, startSandboxProcess } from "./sandbox-process.ts";
import { readAd } from "./sandbox-views.ts";

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await startSandboxProcess({ args: ["--no-stock"] });
});
afterAll(() => sandbox[Symbol.asyncDispose]());

async function validate(input: unknown, env: Record<string, string> = {}) {
  const ports = { PORT: new URL(sandbox.bridgeUrl).port, SIMULATOR_PORT: new URL(sandbox.simulatorUrl).port };
  const program = run("bridge", { args: ["validate", "-"], env: { ...ports, ...env }, input: JSON.stringify(input) });
  const { code } = await program.exited;
  return { code, stdout: program.stdout(), stderr: program.stderr() };
}

const moped = readExample("moped");
const good = { ...moped, id: "good", data: { ...(moped.data as object), itemId: "validated" } };
const withAd = (id: string, changes: object) => {
  const { ad, ...data } = good.data as unknown as { ad: object };
  return { ...good, id, data: { ...data, ad: { ...ad, ...changes } } };
};
const withPrice = (id: string, price: unknown) => withAd(id, { price });

describe("npm run bridge -- validate", () => {
  it("finds a good event good by both, and leaves no trace of it", async () => {
    const { code, stdout } = await validate(good);
    expect([code, stdout]).toEqual([0, "good\n  bridge       valid\n  marketplace  valid\n\n"]);
    expect(await readAd(sandbox.bridgeUrl, { dealerCode: "DEMO", itemId: "validated" })).toBeNull();
    const requests = await (await fetch(`${sandbox.simulatorUrl}/control/requests`)).json();
    expect(requests).toMatchObject([{ method: "POST", path: "/v4/moped/validate", status: 200 }]);
  });

  it("shows what the bridge would only warn of", async () => {
    const { code, stdout } = await validate(withPrice("gift", [{ type: "list", amount: 0, currency: "SEK" }]));
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^gift\n {2}bridge {7}valid, with warnings\n {4}\/data\/ad\/price\/0\/amount: .*\n {2}marketplace {2}valid\n/,
    );
  });

  it("asks about what would go out: the first pictures, where there are too many", async () => {
    const pictures = Array.from({ length: 39 }, (_, place) => `https://images.dealer.example/${place}.jpg`);
    const { code, stdout } = await validate(withAd("album", { image_urls: pictures }));
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^album\n {2}bridge {7}valid, with warnings\n {4}\/data\/ad\/image_urls: .*\n {2}marketplace {2}valid\n\n$/,
    );
  });

  it("says of each event of a file where the verdicts differ", async () => {
    const { code, stdout } = await validate([
      good,
      withPrice("agreed", [{ type: "list", amount: -1, currency: "SEK" }]),
      { ...good, id: "unknown", type: "inventory.item.painted" },
    ]);
    expect(code).toBe(1);
    const [first, agreed, unknown] = stdout.split("\n\n");
    expect(first).toContain("good");
    expect(agreed).toMatch(/bridge +rejected\n +\/data\/ad\/price\/0\/amount.*\n +marketplace +refused/);
    expect(agreed).not.toContain("DIFFER");
    expect(unknown).toMatch(/bridge +rejected\n +\/type.*\n +marketplace +no verdict: there is no document/);
  });

  it("shows what only the marketplace refuses", async () => {
    const body = { category_fields: { brand: ["Not one of ours."] } };
    const fault = { match: { method: "POST", path: "/v4/moped/validate" }, kind: "status", status: 400, body };
    await fetch(`${sandbox.simulatorUrl}/control/faults`, { method: "POST", body: JSON.stringify(fault) });
    const { code, stdout } = await validate(good);
    expect(code).toBe(1);
    expect(stdout).toContain("THEY DIFFER\n  only the marketplace finds fault with /data/ad/category_fields/brand");
  });

  it("says in one sentence what it lacks", async () => {
    const elsewhere = await validate(good, { BRIDGE_URL: "https://bridge.example" });
    expect([elsewhere.code, elsewhere.stderr]).toEqual([
      1,
      expect.stringMatching(/^BRIDGE_URL needs BRIDGE_SOURCE.*\n$/),
    ]);
    const nobody = await validate(good, { PORT: "9" });
    expect([nobody.code, nobody.stderr]).toEqual([1, expect.stringMatching(/^no bridge answers at .*:9: .*\n$/)]);
  });
});
