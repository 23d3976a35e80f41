import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { postInventoryEvents } from "#local/send/post-inventory-events.ts";
import { removed, upserted } from "#test/e2e/sample-events.ts";
import { type RunningSandbox, startSandboxProcess } from "#test/e2e/sandbox-process.ts";
import { followAdEvents, readAd, until } from "#test/e2e/sandbox-views.ts";
import { addFault, runBridge } from "./run-bridge.ts";

/** Longer than this test. */
const stuckMs = 300_000;

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await startSandboxProcess({ args: ["--no-stock"] });
});
afterAll(() => sandbox[Symbol.asyncDispose]());

const bridge = (...args: string[]) => runBridge(sandbox.bridgeUrl, args);
const send = (event: unknown) => postInventoryEvents(sandbox.bridgeUrl, JSON.stringify(event));
/** Waits until the marketplace has taken the latest write of an item, and gives its listing. */
const taken = (dealerCode: string, itemId: string, call: string) =>
  until(async () => {
    const { ad } = (await readAd(sandbox.bridgeUrl, { dealerCode, itemId })) ?? {};
    const isTaken = ad?.submissions.some((one) => one.call === call && one.phase.kind === "answered");
    return isTaken && ad?.listings.at(-1)?.id;
  });

const time = String.raw`\d{4}-\S+Z`;

describe("npm run bridge -- stuck", () => {
  it("finds nothing where nothing waits, which is no fault", async () => {
    const none = await bridge("stuck");
    expect([none.code, none.stderr]).toEqual([0, ""]);
    expect(none.stdout).toMatch(/^no ad of the sandbox at \S+ waits for the end of anything\n$/);
    const removals = await bridge("stuck", "--removals", "--older-than", "10m");
    expect([removals.code, removals.stdout]).toEqual([
      0,
      expect.stringMatching(/^no ad of \D+\S+ has a removal unconfirmed for 10m or longer\n$/),
    ]);
    expect(JSON.parse((await bridge("stuck", "--json")).stdout)).toEqual({ count: 0, ads: [] });
  });

  it("names each ad that waits, oldest first, since when and why; its listing id leads on to why and ad", async () => {
    await send(upserted({ id: "sold-1", dealerCode: "SOLO", itemId: "sold" }));
    await followAdEvents(sandbox.bridgeUrl, ({ detail }) => detail.metadata.itemId === "sold");
    for (const method of ["DELETE", "POST"]) {
      await addFault(sandbox.simulatorUrl, { match: { method }, kind: "stuck", delayMs: stuckMs });
    }
    await send(removed({ id: "sold-2", dealerCode: "SOLO", itemId: "sold" }));
    const sold = await taken("SOLO", "sold", "delete");
    await send(upserted({ id: "new-1", itemId: "new/1" }));
    const listing = await taken("DEMO", "new/1", "post");

    const { code, stdout, stderr } = await bridge("stuck");
    expect([code, stderr]).toEqual([0, ""]);
    const lines = [
      `SOLO/sold  removal unconfirmed since ${time}, listing ${sold}`,
      `  because  submission 2: DELETE for a wish, accepted, its result is awaited in the action log, 1 attempt; .*`,
      `DEMO/new/1  POST open since ${time}, listing ${listing}`,
      `  because  submission 1: POST for a wish, accepted, its result is awaited in the action log, 1 attempt; .*`,
    ];
    expect(stdout).toMatch(new RegExp(`^${lines.join("\n")}\n$`));

    const removals = await bridge("stuck", "--removals");
    expect(removals.stdout).toMatch(new RegExp(`^${lines.slice(0, 2).join("\n")}\n$`));
    const first = await bridge("stuck", "--limit", "1");
    expect(first.stdout).toMatch(
      new RegExp(`^${lines.slice(0, 2).join("\n")}\nthese are the 1 oldest of 2: --limit 2 lists all\n$`),
    );
    const json = JSON.parse((await bridge("stuck", "--json", "--limit", "1")).stdout);
    expect(json).toMatchObject({ count: 2, ads: [{ ad: "SOLO/sold", kind: "removal", listingId: sold }] });
    expect((await bridge("stuck", "--older-than", "1h")).stdout).toMatch(/ waits .* for 1h or longer\n$/);

    const why = await bridge("why", listing);
    expect([why.code, why.stdout]).toEqual([0, expect.stringMatching(/^DEMO\/new\/1 {2}has something to come\n/)]);
    expect((await bridge("ad", listing)).stdout).toMatch(/^DEMO\/new\/1\n/);
  });

  it.each([
    ["a span that is none", ["--older-than", "10 minutes"], /^--older-than must be a span of time such as 90s, .*\n$/],
    ["a limit that is none", ["--limit", "0"], /^--limit must be a whole number of ads, not "0"\n$/],
    ["two places", ["--stage", "trial"], /^--stage and --sandbox name two places.*\n$/],
  ])("says of %s one sentence, and ends with 1", async (_, args, sentence) => {
    const { code, stdout, stderr } = await bridge("stuck", ...args);
    expect([code, stdout, stderr]).toEqual([1, "", expect.stringMatching(sentence)]);
  });
});
