import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { postInventoryEvents } from "#local/send/post-inventory-events.ts";
import { upserted } from "#test/e2e/sample-events.ts";
import { type RunningSandbox, startSandboxProcess } from "#test/e2e/sandbox-process.ts";
import { followAdEvents, readAd, until } from "#test/e2e/sandbox-views.ts";
import { addFault, clearFaults, runBridge } from "./run-bridge.ts";

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await startSandboxProcess({ args: ["--no-stock"] });
});
afterAll(() => sandbox[Symbol.asyncDispose]());

const bridge = (...args: string[]) => runBridge(sandbox.bridgeUrl, args);
const send = (event: unknown) => postInventoryEvents(sandbox.bridgeUrl, JSON.stringify(event));

describe("npm run bridge, the commands that only look", () => {
  it("shows an ad's way as a timeline, and nothing of its document", async () => {
    await send(upserted({ id: "shown-1", itemId: "shown/1" }));
    await followAdEvents(sandbox.bridgeUrl, ({ detail }) => detail.metadata.itemId === "shown/1");
    await until(async () => (await bridge("ad", "DEMO/shown/1")).stdout.includes("receipt"));
    const { code, stdout } = await bridge("ad", "DEMO/shown/1");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^DEMO\/shown\/1\n {2}wish {6}a document \(moped\), ended; from sandbox, event shown-1$/m);
    expect(stdout).toMatch(/listing .*generation 1, at the marketplace, blocket_ad_id \d+$/m);
    const [wish, ...told] = stdout.split("\n").filter((line) => /^ {2}\d{4}-/.test(line));
    expect(wish).toContain("wish        taken from shown-1");
    expect(told.join("\n")).toMatch(/ad event {4}AdPublished, blocket_ad_id \d+.*\n.*shown-1: applied \(published\)/);
    expect(stdout).not.toContain("A moped for a test");
    const json = JSON.parse((await bridge("ad", "DEMO/shown/1", "--json")).stdout);
    expect(json).toMatchObject({ wish: { state: "ended" }, events: [{ type: "AdPublished" }] });
    const [, listingId = ""] = /listing +(\S+),/.exec(stdout) ?? [];
    expect((await bridge("ad", listingId)).stdout).toBe(stdout);
    expect((await bridge("why", listingId)).stdout).toMatch(/^DEMO\/shown\/1 {2}is at rest/);
    expect((await bridge("why", "DEMO/shown/1")).stdout).toBe(
      "DEMO/shown/1  is at rest: it waits for nothing but a new event\n",
    );
  });

  it("says why an ad is stuck behind a dead token, and which lane that closed", async () => {
    expect((await bridge("lanes")).stdout).toBe("every lane is in order\n");
    await addFault(sandbox.simulatorUrl, { match: {}, times: 10_000, kind: "status", status: 401 });
    await send(upserted({ id: "stuck-1", dealerCode: "SOLO", itemId: "stuck" }));
    await until(async () => (await readAd(sandbox.bridgeUrl, { dealerCode: "SOLO", itemId: "stuck" }))?.ad.heldUntil);
    const { stdout } = await bridge("why", "SOLO/stuck");
    expect(stdout).toContain(
      "because  lane solo/(all dealers) is closed: the marketplace does not take the token (401)",
    );
    expect(stdout).toMatch(/because {2}submission 1: POST for a wish, not made yet or surely not made, 1 attempt$/m);
    expect(stdout).toMatch(/^ {2}\d{4}-\S+ {2}submission 1: POST of listing [0-9a-f-]{36}$/m);
    expect((await bridge("lanes", "list", "--json")).stdout).toContain('"reason": "unauthorized"');
    const tokens = await bridge("tokens");
    expect([tokens.code, tokens.stdout]).toEqual([1, expect.stringMatching(/SOLO +DOES NOT FIT: .*\(401\)$/m)]);
    await clearFaults(sandbox.simulatorUrl);
    await followAdEvents(sandbox.bridgeUrl, ({ detail }) => detail.metadata.itemId === "stuck");
  });

  it("asks the marketplace about each dealer of each token, and shows which doesn't fit", async () => {
    const fits = await bridge("tokens");
    expect(fits.code).toBe(0);
    expect(fits.stdout).toMatch(
      /^demo-group {2}dealer_group, .*\n {2}DEMO +fits: accepted\n {2}DEMO2 +fits: accepted$/m,
    );
    const body = { detail: "You do not have permission to perform this action." };
    await addFault(sandbox.simulatorUrl, { match: { method: "POST" }, times: 1, kind: "status", status: 403, body });
    const { code, stdout } = await bridge("tokens");
    expect([code, stdout]).toEqual([1, expect.stringMatching(/DEMO +DOES NOT FIT: You do not have permission/)]);
    expect(stdout).not.toContain("sandbox-token");
  });

  it.each([
    ["an unknown ad", ["ad", "DEMO/nobody"], /^no ad DEMO\/nobody is known to the sandbox at \S+\n$/],
    ["an unknown ad, asked why", ["why", "DEMO/nobody"], /^no ad DEMO\/nobody is known to .*\n$/],
    ["an unknown listing", ["ad", "sha256:0123456789abcdef"], /^no ad with the listing sha256:\S+ is known to .*\n$/],
    ["what names no ad", ["ad", "DEMO"], /^"DEMO" names no ad: write DEALER\/ITEM, .*\n$/],
    ["two places", ["lanes", "--stage", "x"], /^--stage and --sandbox name two places.*\n$/],
  ])("says of %s one sentence, and ends with 1", async (_, args, sentence) => {
    const { code, stdout, stderr } = await bridge(...args);
    expect([code, stdout, stderr]).toEqual([1, "", expect.stringMatching(sentence)]);
  });

  it("says of a missing permission one sentence that names what was wanted", async () => {
    const answer = await fetch(`${sandbox.bridgeUrl}/sandbox/environment`);
    const environment = (await answer.json()) as Record<string, string>;
    const server = createServer((request, response) => {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const body = {
        __type: "AccessDeniedException",
        message: "User: you is not authorized to perform: dynamodb:Query",
      };
      const isEnvironment = request.url === "/sandbox/environment";
      response.writeHead(isEnvironment ? 200 : 400, { "content-type": "application/x-amz-json-1.0" });
      response.end(JSON.stringify(isEnvironment ? { ...environment, AWS_ENDPOINT_URL_DYNAMODB: url } : body));
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { code, stderr } = await runBridge(url, ["lanes"]);
    server.close();
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(
        /^your AWS credentials do not allow this: User: you is not .*\(could not read the lanes.*\)\n$/,
      ),
    ]);
  });
});
