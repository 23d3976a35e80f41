import { execFile } from "node:child_process";
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { sandboxSecret } from "#local/sandbox/sandbox-constants.ts";
import { apiKey, frontDoor } from "./front-door.ts";
import { openHttpDoor } from "./http-door.ts";

const text = readFileSync(resolve(import.meta.dirname, "../../../docs/front-door.md"), "utf8");
const section = /### A whole request\n(.*?)\n## /s.exec(text)?.[1] ?? "";
const blockOf = (language: string) => new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, "s").exec(section)?.[1] ?? "";

describe("the request in docs/front-door.md", () => {
  it("is taken and answered as it says there, sent by openssl and curl", async () => {
    await using http = await openHttpDoor();
    http.door.now = Date.now();
    const sandbox = "http://127.0.0.1:8787/sources/sandbox/inventory-events";
    expect(blockOf("sh")).toContain(`url=${sandbox}`);
    expect(blockOf("sh")).toContain(`secret=${sandboxSecret}`);
    const { stdout } = await promisify(execFile)("sh", ["-euc", blockOf("sh").replace(sandbox, http.urlOf("dms"))]);
    expect(JSON.parse(stdout)).toEqual(JSON.parse(blockOf("json")));
    expect(http.door.queued).toMatchObject([{ kind: "inventory-event", event: { id: "sold-1" } }]);
  });

  it("has the signature that fits what is shown beside it", () => {
    const [head = "", body = ""] = blockOf("http").trim().split("\n\n");
    const headers = new Map(head.split("\n").map((line) => line.split(": ") as [string, string]));
    const signed = `${headers.get("webhook-id")}.${headers.get("webhook-timestamp")}.${body}`;
    const key = Buffer.from(sandboxSecret.replace("whsec_", ""), "base64");
    const signature = createHmac("sha256", key).update(signed).digest("base64");
    expect(headers.get("webhook-signature")).toBe(`v1,${signature}`);
    expect(blockOf("sh")).toContain(body);
  });
});

describe("a right key beside a wrong signature", () => {
  it.each([
    ["mixed", 401],
    ["keyed", 202],
  ])("of the source %s, with or without a signing secret: %i", async (source, status) => {
    const event = { specversion: "1.0", id: "1", source: "/", type: "inventory.item.removed" };
    const body = { ...event, data: { dealerCode: "DEMO", itemId: "1", reason: "sold" } };
    const headers = { "x-api-key": apiKey, "Webhook-Signature": "v1,wrong" };
    expect((await frontDoor().post({ source, body, headers })).status).toBe(status);
  });
});
