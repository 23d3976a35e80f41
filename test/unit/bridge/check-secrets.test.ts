import { describe, expect, it } from "vitest";
import { checkText, findUncovered } from "#local/bridge/secrets/check-secrets.ts";
import { parseSecret } from "#shared/aws/secret-store.ts";
import { sourcesSecretSchema, tokensSecretSchema } from "#shared/contracts/secrets.ts";

const tokens = [{ tokenId: "group", token: "hush-hush", scope: "dealer_group", dealers: ["A", "B"] }];
const sources = { dms: { apiKeys: ["hush-hush".repeat(4)], dealers: ["A", "C"] } };
const login = { username: "bilar", password: "hush-hush-hush-hush" };
const key = "hush-hush-hush";
const check = (value: unknown) => checkText("mine.json", JSON.stringify(value));

describe("the text of a secret", () => {
  it("is known by its shape, and nothing of it is told but how much it holds", () => {
    expect(check(tokens)).toEqual({
      name: "mine.json",
      kind: "tokens",
      holds: "1 token, 2 dealers",
      dealers: ["A", "B"],
    });
    expect(check(sources)).toMatchObject({ kind: "sources", holds: "1 source, 2 dealers" });
    expect(JSON.stringify([check(tokens), check(sources)])).not.toContain("hush");
  });

  it.each([
    ["what is not JSON", "{hush-hush", "the secret mine.json is not usable: / required"],
    ["a list of something else", '[{"tokenId":"group","token":"hush"}]', "/0/scope required, /0/dealers required"],
    ["a source that cannot prove itself", '{"dms":{"dealers":["A"]}}', "/dms no-credentials"],
    ["a token's scope in other words", JSON.stringify([{ ...tokens[0], scope: "group" }]), "/0/scope invalid-value"],
    ["text", '"hush"', "/ invalid-type"],
    ["no token at all", "[]", "/ too-small"],
    ["no source at all", "{}", "/ no-source"],
    ["two tokens of one name", JSON.stringify([...tokens, { ...tokens[0], dealers: ["C"] }]), "/1/tokenId taken"],
    ["a field nobody knows", JSON.stringify([{ ...tokens[0], expireOn: "2027-03-31" }]), "/0/expireOn unknown-field"],
    [
      "a source's unknown field",
      JSON.stringify({ dms: { ...sources.dms, apiKey: "hush" } }),
      "/dms/apiKey unknown-field",
    ],
    [
      "a login's unknown field",
      JSON.stringify({ dms: { ...sources.dms, basicLogins: [{ ...login, user: "hush" }] } }),
      "/dms/basicLogins/0/user unknown-field",
    ],
    ["a value where its name should be", JSON.stringify([{ ...tokens[0], [key]: "token" }]), "/0/? unknown-field"],
  ])("that is %s is one sentence that names it, and no value", (_, text, sentence) => {
    expect(() => checkText("mine.json", text)).toThrow(sentence);
    expect(() => checkText("mine.json", text)).not.toThrow("hush");
  });

  it("is read by the functions although a later version knows more fields, but never without what it is for", () => {
    const later = [{ ...tokens[0], later: true }];
    expect(parseSecret({ secretId: "s", schema: tokensSecretSchema, text: JSON.stringify(later) })).toEqual(tokens);
    for (const [schema, text] of [
      [tokensSecretSchema, "[]"],
      [sourcesSecretSchema, "{}"],
    ] as const) {
      expect(() => parseSecret<unknown>({ secretId: "s", schema, text })).toThrow("the secret s is not usable");
    }
  });

  it("may leave dealers without a token, which is told", () => {
    expect(findUncovered([check(sources), check(tokens)])).toEqual(["C"]);
    expect(findUncovered([check(tokens), check({ dms: { ...sources.dms, dealers: ["B"] } })])).toEqual([]);
  });
});
