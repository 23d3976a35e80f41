import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadStock } from "#local/sandbox/load-stock.ts";
import { type ProgramRun, run, startSandboxProcess, temporaryDirectory } from "./sandbox-process.ts";
import { readAdEvents } from "./sandbox-views.ts";

const stock = loadStock();

async function readRow(simulatorUrl: string, listingId: string | null, dealerCode: string | null) {
  const token = dealerCode === "SOLO" ? "sandbox-solo-token" : "sandbox-token";
  const response = await fetch(`${simulatorUrl}/pro-import-api/v4/ad/${listingId}`, {
    headers: { "x-auth-token": token },
  });
  return (await response.json()) as { state: string; blocket_ad_id: string | null };
}

describe("npm start -- --exit, two side by side", () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  let kept: ProgramRun;
  let bundled: ProgramRun;

  beforeAll(async () => {
    directory = await temporaryDirectory();
    kept = run("sandbox", { args: ["--exit"], env: { SANDBOX_DIR: directory.path } });
    bundled = run("sandbox", { args: ["--exit", "--bundled"] });
    await Promise.all([kept.exited, bundled.exited]);
  });
  afterAll(async () => {
    await kept[Symbol.asyncDispose]();
    await bundled[Symbol.asyncDispose]();
    await directory[Symbol.asyncDispose]();
  });

  it.each([
    ["the handlers", () => kept],
    ["the bundles", () => bundled],
  ])("leaves with 0 once %s brought all ad events, and prints each sample's way", async (_, program) => {
    const { stdout, stderr, exited } = program();
    expect(await exited, stdout() + stderr()).toEqual({ code: 0, signal: null });
    expect(stderr()).toBe("");
    expect(stdout()).toContain("all 12 expected ad events arrived");
    for (const { dealerCode, itemId, steps } of stock) {
      const [, way = ""] = stdout().split(`\n${dealerCode}/${itemId}  `);
      const ending = new RegExp(
        `webhook +\\S+ queued\n(.*\n)*?.*${steps.map(({ expect }) => expect).join("(.*\n)*?.*")}`,
      );
      expect(way.split("\n\n")[0]).toMatch(ending);
    }
  });

  it("ends the hidden one in AdUpdated, the removed one in AdDeleted, the refused one in AdErrored with its fields", () => {
    expect(kept.stdout()).toMatch(/DEMO\/van-001 (.*\n)*? .*AdUpdated, hidden/);
    expect(kept.stdout()).toMatch(/DEMO\/motorcycle-001 (.*\n)*? .*AdDeleted, blocket_ad_id \d+/);
    expect(kept.stdout()).toMatch(
      /DEMO\/car-93 (.*\n)*? .*AdErrored \(submission\): \/category_fields\/model "9-3 SportCombi" is/,
    );
  });

  it("kept what it did: the ad events carry the ids that the marketplace assigned, and a second play repeats nothing", async () => {
    await using again = await startSandboxProcess({ env: { SANDBOX_DIR: directory.path } });
    const before = await readAdEvents(again.bridgeUrl);
    // On a slow machine the bus may take an event twice; a listener knows it by its id.
    expect(new Set(before.map(({ detail }) => detail.metadata.id)).size).toBe(12);
    const published = before.filter((delivery) => delivery["detail-type"] === "AdPublished");
    expect(new Set(published.map(({ detail }) => detail.metadata.id)).size).toBe(9);
    for (const { detail } of published) {
      const { listingId, dealerCode } = detail.metadata;
      const row = await readRow(again.simulatorUrl, listingId, dealerCode);
      expect(detail.data.blocketAdId).toEqual(expect.any(String));
      expect(detail.data.blocketAdId).toBe(row.blocket_ad_id);
    }
    await again.findLine(/all 12 expected ad events arrived/);
    expect(await readAdEvents(again.bridgeUrl)).toEqual(before);
  });
});
