import { describe, expect, it } from "vitest";
import { checkToken } from "#local/bridge/tokens/check-token.ts";
import { tokenDirectory } from "#shared/blocket/token-directory.ts";
import { tokenExpiry } from "#shared/blocket/token-expiry.ts";

const jwt = (claims: unknown) => `e30.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.sig`;

describe("when a token expires", () => {
  it.each([
    ["a JWT that says so", jwt({ exp: 1_790_000_000 }), "2026-09-21T14:13:20.000Z"],
    ["a JWT that doesn't", jwt({ sub: "dealer" }), null],
    ["a JWT with words for a time", jwt({ exp: "soon" }), null],
    ["a JWT and a later day", jwt({ exp: 1_790_000_000 }), "2026-09-21T14:13:20.000Z", "2026-09-22"],
    ["a JWT and an earlier day", jwt({ exp: 1_790_000_000 }), "2026-09-21T00:00:00.000Z", "2026-09-21"],
    ["no JWT, and a day", "sandbox-token", "2026-09-21T00:00:00.000Z", "2026-09-21"],
    ["a JWT with a time beyond all calendars", jwt({ exp: 1e300 }), null],
    ["a JWT of nothing", jwt(null), null],
    ["no JWT", "sandbox-token", null],
  ])("is read of %s", async (_, value, expected, expiresOn?: string) => {
    const expiry = expected === null ? null : Date.parse(expected);
    const token = {
      tokenId: "t",
      token: value,
      scope: "dealer_group" as const,
      dealers: ["A"],
      ...(expiresOn && { expiresOn }),
    };
    expect(tokenExpiry(token)).toBe(expiry);
    expect(await tokenDirectory(async () => [token]).firstExpiry()).toBe(expiry);
  });

  it("is of several tokens that of the first to end", async () => {
    const of = (exp?: number) => ({
      tokenId: "t",
      token: jwt({ exp }),
      scope: "dealer_group" as const,
      dealers: ["A"],
    });
    expect(await tokenDirectory(async () => [of(), of(1_790_000_000), of(1_780_000_000)]).firstExpiry()).toBe(
      1_780_000_000_000,
    );
  });
});

describe("a token of scope dealer_code", () => {
  it("fits none of several dealers, and nobody is asked", async () => {
    const expiresOn = "2027-03-31";
    const token = { tokenId: "t", token: "secret", scope: "dealer_code" as const, dealers: ["A", "B"], expiresOn };
    const check = await checkToken({} as Parameters<typeof checkToken>[0], token);
    expect(check.dealers.map(({ fits }) => fits)).toEqual([false, false]);
    expect(check.expiresAt).toBe(`${expiresOn}T00:00:00.000Z`);
    expect(JSON.stringify(check)).not.toContain("secret");
  });
});
