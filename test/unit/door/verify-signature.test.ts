import fc from "fast-check";
import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { verifySignature } from "#shared/door/verify-signature.ts";

const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const other = "whsec_c2FuZGJveC1zZWNyZXQtZm9yLWxvY2FsLXVzZS1vbmx5";
const seconds = 1_614_265_330;
const now = seconds * 1000;

/** Signed by the reference library, so that we don't just agree with ourselves. */
function signed(body: string, { id = "msg_1", at = seconds, by = secret } = {}) {
  return {
    headers: {
      "webhook-id": id,
      "webhook-timestamp": String(at),
      "webhook-signature": new Webhook(by).sign(id, new Date(at * 1000), body),
    },
    content: Buffer.from(body),
  };
}

describe("verifySignature", () => {
  it("agrees with the vector that the reference libraries test with", () => {
    const headers = {
      "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
      "webhook-timestamp": "1614265330",
      "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    };
    expect(verifySignature({ headers, content: Buffer.from('{"test": 2432232314}') }, [secret], now)).toBe("valid");
  });

  it("accepts what the reference library signs", () => {
    const body = fc.string({ unit: fc.constantFrom("a", "å", "😀", "\n", "\u0000", '"', ".", "\uFFFD") });
    fc.assert(
      fc.property(body, fc.stringMatching(/^[\w-]{1,40}$/), (text, id) => {
        expect(verifySignature(signed(text, { id }), [secret], now)).toBe("valid");
      }),
    );
  });

  it.each([
    [[other, secret], "valid"],
    [[secret, other], "valid"],
    [[other], "forged"],
    [[], "forged"],
  ] as const)("with the secrets %j: %s", (secrets, verification) => {
    expect(verifySignature(signed("{}"), secrets, now)).toBe(verification);
  });

  it("accepts one fitting signature among several, and only of version 1", () => {
    const request = signed("{}");
    const right = request.headers["webhook-signature"];
    const withSignature = (signature: string) => ({
      ...request,
      headers: { ...request.headers, "webhook-signature": signature },
    });
    const wrong = signed("{}", { by: other }).headers["webhook-signature"];
    const verify = (signature: string) => verifySignature(withSignature(signature), [secret], now);
    expect(verify(`${wrong} v1a,abc ${right}`)).toBe("valid");
    expect(verify(right.replace("v1,", "v2,"))).toBe("forged");
    expect(verify(right.replace("v1,", ""))).toBe("forged");
    expect(verify(right.replace("=", ""))).toBe("forged");
    expect(verify("v1,")).toBe("forged");
    expect(verify(" ")).toBe("forged");
  });

  it.each([
    [-300, "valid"],
    [300, "valid"],
    [-301, "stale"],
    [301, "stale"],
    [-86_400 * 365, "stale"],
  ])("signed %i s off our clock: %s", (offset, verification) => {
    expect(verifySignature(signed("{}", { at: seconds + offset }), [secret], now)).toBe(verification);
  });

  it.each([
    ["webhook-id", undefined],
    ["webhook-id", ""],
    ["webhook-timestamp", undefined],
    ["webhook-timestamp", "1614265330.5"],
    ["webhook-timestamp", "1614265330x"],
    ["webhook-timestamp", "-1614265330"],
    ["webhook-timestamp", "2021-02-25T15:02:10Z"],
    ["webhook-signature", undefined],
    ["webhook-signature", ""],
  ])("is unsigned with %s = %s", (name, value) => {
    const { headers, content } = signed("{}");
    const changed: Record<string, string> = { ...headers };
    delete changed[name];
    expect(
      verifySignature(
        { headers: value === undefined ? changed : { ...changed, [name]: value }, content },
        [secret],
        now,
      ),
    ).toBe("unsigned");
  });

  it("tells bodies apart that a lenient decoder would make the same", () => {
    const request = signed('{"id":"\uFFFD"}');
    const content = Buffer.from(request.content.toString("latin1").replace("\u00EF\u00BF\u00BD", "\u00FF"), "latin1");
    expect(content.toString("utf8")).toBe(request.content.toString("utf8"));
    expect(verifySignature({ ...request, content }, [secret], now)).toBe("forged");
  });

  it("refuses a request of which any bit of the body is changed", () => {
    const request = signed(JSON.stringify({ specversion: "1.0", id: "å😀" }));
    fc.assert(
      fc.property(fc.nat(request.content.length - 1), fc.nat(7), (at, bit) => {
        const content = Buffer.from(request.content);
        content.writeUInt8(content.readUInt8(at) ^ (1 << bit), at);
        expect(verifySignature({ ...request, content }, [secret], now)).toBe("forged");
      }),
    );
  });

  it("refuses a request of which any character of a signed header is changed", () => {
    const request = signed("{}", { id: "msg_p5jXN8AQM9LWM0D4loKWxJek" });
    const names = ["webhook-id", "webhook-timestamp", "webhook-signature"] as const;
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.nat(),
        fc.string({ minLength: 1, maxLength: 1 }),
        (name, place, character) => {
          const value = request.headers[name];
          const at = place % value.length;
          fc.pre(value[at] !== character);
          const headers = { ...request.headers, [name]: value.slice(0, at) + character + value.slice(at + 1) };
          expect(verifySignature({ ...request, headers }, [secret], now)).not.toBe("valid");
        },
      ),
    );
  });
});
