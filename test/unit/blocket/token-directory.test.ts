import { describe, expect, it } from "vitest";
import { tokenDirectory } from "#shared/blocket/token-directory.ts";
import type { Token } from "#shared/contracts/secrets.ts";

const group: Token = { tokenId: "a-group", token: "group-token", scope: "dealer_group", dealers: ["ONE", "TWO"] };
const single: Token = { tokenId: "z-single", token: "single-token", scope: "dealer_code", dealers: ["ONE"] };
const other: Token = { tokenId: "b-group", token: "other-token", scope: "dealer_group", dealers: ["TWO", "THREE"] };

const directoryOf = (...tokens: Token[]) => tokenDirectory(async () => tokens);

describe("token directory", () => {
  it("prefers the token made for the dealer alone", async () => {
    expect(await directoryOf(group, single).findForDealer("ONE")).toEqual({ tokenId: "z-single" });
    expect(await directoryOf(single, group).findForDealer("ONE")).toEqual({ tokenId: "z-single" });
  });

  it("takes the first by name of two alike, whatever their order", async () => {
    expect(await directoryOf(other, group).findForDealer("TWO")).toEqual({ tokenId: "a-group" });
    expect(await directoryOf(group, other).findForDealer("TWO")).toEqual({ tokenId: "a-group" });
  });

  it("finds none for a dealer that no token covers", async () => {
    expect(await directoryOf(group, single).findForDealer("THREE")).toBeNull();
    expect(await directoryOf().findForDealer("ONE")).toBeNull();
  });

  it("gives the token of a name", async () => {
    expect(await directoryOf(group, single).findToken("z-single")).toBe("single-token");
    expect(await directoryOf(group).findToken("z-single")).toBeNull();
  });

  it("asks for the tokens each time, so that a rotated one is seen", async () => {
    let token = "old";
    const directory = tokenDirectory(async () => [{ ...single, token }]);
    expect(await directory.findToken("z-single")).toBe("old");
    token = "new";
    expect(await directory.findToken("z-single")).toBe("new");
  });

  it("names a token's value without telling it: the same for the same, another for another, one for none", async () => {
    const versionOf = (...tokens: Token[]) => directoryOf(...tokens).versionOf("z-single");
    const version = await versionOf(single);
    expect(version).toBe(await versionOf(group, { ...single, dealers: ["THREE"] }));
    expect(version).not.toBe(await versionOf({ ...single, token: "rotated" }));
    expect(version).not.toBe(await versionOf());
    expect(version).toMatch(/^[\w-]{8}$/);
    expect(single.token).not.toContain(version);
  });

  it("looks afresh at the secret only where that is asked for", async () => {
    const wishes: unknown[] = [];
    const directory = tokenDirectory(async (wish) => {
      wishes.push(wish?.fresh ?? false);
      return [single];
    });
    await directory.versionOf("z-single");
    await directory.versionOf("z-single", { fresh: true });
    await directory.findToken("z-single");
    expect(wishes).toEqual([false, true, false]);
  });
});
