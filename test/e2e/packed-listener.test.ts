import { globSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAdsTable } from "#local/emulators/create-ads-table.ts";
import { startDynamodb } from "#local/emulators/start-dynamodb.ts";
import { checkTypes, installExample, runToEnd } from "#test/listener/install-example.ts";
import { matchPattern } from "#test/support/aws/match-pattern.ts";
import { startSandboxProcess, temporaryDirectory } from "./sandbox-process.ts";
import { readAdEvents } from "./sandbox-views.ts";

type Delivery = Awaited<ReturnType<typeof readAdEvents>>[number];

let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
let deliveries: Delivery[];
// biome-ignore lint/suspicious/noExplicitAny: a template has no type; a wrong path fails the assertion.
let resources: any[];

/** What the sample stock brings onto the bus, by the whole bridge. */
async function playStock(): Promise<Delivery[]> {
  await using sandbox = await startSandboxProcess();
  await sandbox.findLine(/all 12 expected ad events arrived/);
  return await readAdEvents(sandbox.bridgeUrl);
}

beforeAll(async () => {
  directory = await temporaryDirectory();
  [deliveries] = await Promise.all([playStock(), installExample(directory.path)]);
  await runToEnd(process.execPath, ["app.ts"], { cwd: directory.path, env: { CDK_OUTDIR: "cdk.out" } });
  const template = JSON.parse(readFileSync(join(directory.path, "cdk.out/Shop.template.json"), "utf8"));
  resources = Object.values(template.Resources);
}, 180_000);
afterAll(() => directory[Symbol.asyncDispose]());

const pattern = () => resources.find(({ Type }) => Type === "AWS::Events::Rule").Properties.EventPattern;

/** Hands the batches to the example's handler, in a process of its own and with DynamoDB to remember in. */
async function play(batches: readonly (readonly object[])[]) {
  const dynamodb = await startDynamodb();
  try {
    await createAdsTable({ endpoint: dynamodb.endpoint, tableName: "heard-ads" });
    const aws = { AWS_REGION: "eu-north-1", AWS_ACCESS_KEY_ID: "none", AWS_SECRET_ACCESS_KEY: "none" };
    const env = { ...aws, AWS_ENDPOINT_URL_DYNAMODB: dynamodb.endpoint, HEARD_ADS_TABLE: "heard-ads" };
    const input = JSON.stringify(batches);
    return JSON.parse(await runToEnd(process.execPath, ["play.ts"], { cwd: directory.path, env, input }));
  } finally {
    await dynamodb.close();
  }
}

/** What the shop has to show in the end: of each ad the last of its events that says so. */
function expectedLinks(heard: readonly Delivery[]): Record<string, string> {
  const links = new Map<string, string>();
  for (const { "detail-type": type, detail } of heard.toSorted(
    (a, b) => a.detail.metadata.sequence - b.detail.metadata.sequence,
  )) {
    const ad = `${detail.metadata.dealerCode}/${detail.metadata.itemId}`;
    if (type === "AdPublished") {
      links.set(ad, `https://www.blocket.se/${(detail.data as { blocketAdId: string }).blocketAdId}`);
    }
    if (type === "AdDeleted") {
      links.delete(ad);
    }
  }
  return Object.fromEntries(links);
}

describe("a listener with the packed package", () => {
  it("fits its types, and a field that is not there doesn't", async () => {
    const wrong = [
      'import type { Handle } from "blocket-bridge/listener";',
      "// @ts-expect-error: what has no types would have any field",
      'export const AdDeleted: Handle<"AdDeleted"> = ({ data }) => data.colour;',
    ];
    await writeFile(join(directory.path, "wrong.ts"), wrong.join("\n"));
    await checkTypes(directory.path);
  });

  it("is deployed with a rule, a queue, dead letters and an alarm, and its handler in one file", () => {
    const types = resources.map(({ Type }) => Type);
    expect(types.filter((type) => /Rule|Queue$|Alarm|EventSourceMapping/.test(type)).sort()).toEqual([
      "AWS::CloudWatch::Alarm",
      "AWS::Events::Rule",
      "AWS::Lambda::EventSourceMapping",
      "AWS::SQS::Queue",
      "AWS::SQS::Queue",
    ]);
    const [bundle = ""] = globSync("cdk.out/asset.*/index.mjs", { cwd: directory.path });
    const code = readFileSync(join(directory.path, bundle), "utf8");
    expect(code).toContain("heard-ad");
    expect(code).not.toMatch(/from "(blocket-bridge|zod|#)/);
  });

  it("hears each event once, though they come twice and in no order, and shows what is", async () => {
    const heard = deliveries.filter((delivery) => matchPattern(pattern(), delivery));
    expect(heard.length).toBeGreaterThan(5);
    expect(heard.length).toBeLessThan(deliveries.length);
    const { links, notes, failed } = await play([heard.toReversed(), heard, heard]);
    expect(failed).toEqual([]);
    expect(links).toEqual(expectedLinks(heard));
    const errored = heard.filter((delivery) => delivery["detail-type"] === "AdErrored");
    expect(notes).toHaveLength(new Set(errored.map(({ detail }) => detail.metadata.id)).size);
  });

  it("notices an event that is missing, and takes it for old when it comes at last", async () => {
    const sold = deliveries.filter(({ detail }) => detail.metadata.itemId === "motorcycle-001");
    const [published, deleted] = sold.toSorted((a, b) => a.detail.metadata.sequence - b.detail.metadata.sequence);
    expect([published?.["detail-type"], deleted?.["detail-type"]]).toEqual(["AdPublished", "AdDeleted"]);
    const { links, notes } = await play([[deleted as Delivery], [published as Delivery]]);
    expect({ links, notes }).toEqual({ links: {}, notes: ["motorcycle-001: 1 missing"] });
  });

  it("is not broken by what a later bridge adds", async () => {
    const later = deliveries.map((delivery) => {
      const { metadata, data } = delivery.detail;
      return {
        ...delivery,
        more: 1,
        detail: { metadata: { ...metadata, more: [1] }, data: { ...data, more: {} }, more: 1 },
      };
    });
    const unknown = { ...later[0], "detail-type": "AdShared", detail: { ...later[0]?.detail, data: {} } };
    const { links, failed } = await play([later, [unknown]]);
    expect({ links, failed }).toEqual({ links: expectedLinks(deliveries), failed: [] });
  });
});
