import { describe, expect, it } from "vitest";
import { sourcesSecretSchema } from "#shared/contracts/secrets.ts";

const signing = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const isUsable = (source: object) => sourcesSecretSchema.safeParse({ dms: { dealers: ["DEMO"], ...source } }).success;
const ofBytes = (count: number) => `whsec_${Buffer.alloc(count, 7).toString("base64")}`;

describe("how a source may be set up", () => {
  it.each([
    ["several signing secrets", { secrets: [signing, ofBytes(64)] }],
    ["API keys alone", { apiKeys: ["k".repeat(32)] }],
    ["logins alone", { basicLogins: [{ username: "bilar", password: "p".repeat(16) }] }],
    ["all of them, and a rate", { secrets: [signing], apiKeys: ["k".repeat(40)], requestsPerSecond: 0.5 }],
  ])("with %s", (_, source) => {
    expect(isUsable(source)).toBe(true);
  });

  it.each([
    ["nothing to prove itself", {}],
    ["empty lists", { secrets: [], apiKeys: [], basicLogins: [] }],
    ["a signing secret of 23 bytes", { secrets: [ofBytes(23)] }],
    ["a signing secret of 67 bytes", { secrets: [ofBytes(67)] }],
    ["a signing secret without its prefix", { secrets: [signing.slice(6)] }],
    ["a short API key", { apiKeys: ["k".repeat(31)] }],
    ["an API key with a blank", { apiKeys: [`${"k".repeat(31)} `] }],
    ["a login name with a colon", { basicLogins: [{ username: "a:b", password: "p".repeat(16) }] }],
    ["a short password", { basicLogins: [{ username: "a", password: "p".repeat(15) }] }],
    ["no dealer", { secrets: [signing], dealers: [] }],
    ["a rate of nothing", { secrets: [signing], requestsPerSecond: 0 }],
  ])("not with %s", (_, source) => {
    expect(isUsable(source)).toBe(false);
  });
});
