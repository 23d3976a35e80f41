import { describe, expect, it } from "vitest";
import { checkToken, readExpiry } from "#local/bridge/tokens/check-token.ts";

const jwt = (claims: unknown) => `e30.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.sig`;

describe("when a token expires", () => {
  it.each([
    ["a JWT that says so", jwt({ exp: 1_790_000_000 }), "2026-09-21T14:13:20.000Z"],
    ["a JWT that doesn't", jwt({ sub: "dealer" }), null],
    ["a JWT with words for a time", jwt({ exp: "soon" }), null],
    ["a JWT with a time beyond all calendars", jwt({ exp: 1e300 }), null],
    ["a JWT of nothing", jwt(null), null],
    ["no JWT", "sandbox-token", null],
  ])("is read of %s", (_, token, expected) => {
    expect(readExpiry(token)).toBe(expected);
  });
});

describe("a token of scope dealer_code", () => {
  it("fits none of several dealers, and nobody is asked", async () => {
    const expiresOn = "2027-03-31";
    const token = { tokenId: "t", token: "secret", scope: "dealer_code" as const, dealers: ["A", "B"], expiresOn };
    const check = await checkToken({} as Parameters<typeof checkToken>[0], token);
    expect(check.dealers.map(({ fits }) => fits)).toEqual([false, false]);
    expect(check.expiresAt).toBe(expiresOn);
    expect(JSON.stringify(check)).not.toContain("secret");
  });
});
