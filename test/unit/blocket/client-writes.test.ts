import { describe, expect, it } from "vitest";
import type { ChargedCall, Reply } from "#shared/ad/marketplace.ts";
import { blocketMarketplace } from "#shared/blocket/client.ts";
import type { HttpOutcome } from "#shared/blocket/http-call.ts";
import { RetryableError } from "#shared/contracts/errors.ts";
import type { Marketplace } from "#shared/steps/ports.ts";
import { readCall, writeCall } from "#test/support/marketplace/calls.ts";
import { answer, scriptedHttpCall } from "#test/support/marketplace/scripted-http-call.ts";

const token = "secret.jwt.token";

type Parts = { now?: () => number; tokens?: (tokenId: string) => Promise<string | null> };

function clientOf(outcome: HttpOutcome, { now = () => 1_000, tokens = async () => token }: Parts = {}) {
  const { httpCall, requests } = scriptedHttpCall(() => outcome);
  const marketplace: Marketplace = blocketMarketplace({ httpCall, tokens, now, readTimeoutMs: 5_000 });
  return { marketplace, requests };
}

describe("a write", () => {
  it("posts the document to its vehicle type, with the token and the lease as the deadline", async () => {
    const { marketplace, requests } = clientOf(answer(201, {}));
    const call = writeCall({
      call: "post",
      vehicleType: "camper",
      body: { source_id: "listing-1", title: null },
      callUntil: 9_000,
    });
    expect(await marketplace.write(call)).toEqual({ kind: "accepted" });
    expect(requests).toEqual([
      {
        method: "POST",
        path: "/v4/camper",
        headers: expect.objectContaining({ "x-auth-token": token, "content-type": "application/json" }),
        body: '{"source_id":"listing-1","title":null}',
        deadline: 9_000,
      },
    ]);
  });

  it("puts under the type and deletes under the generic address, without a body", async () => {
    const { marketplace, requests } = clientOf(answer(200, {}));
    await marketplace.write(writeCall({ call: "put" }));
    await marketplace.write(writeCall({ call: "delete", vehicleType: null, body: null }));
    expect(requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "PUT /v4/car/listing-1",
      "DELETE /v4/ad/listing-1",
    ]);
    expect(requests[1]?.body).toBeNull();
    expect(requests[1]?.headers).not.toHaveProperty("content-type");
  });

  it("is not made at or after its deadline, also when the token came too late", async () => {
    let now = 1_000;
    const tokens = async () => {
      now = 5_000;
      return token;
    };
    const { marketplace, requests } = clientOf(answer(200, {}), { now: () => now, tokens });
    expect(await marketplace.write(writeCall({ callUntil: 5_000 }))).toMatchObject({ kind: "not-made" });
    expect(requests).toEqual([]);
  });

  it("asks for the token by name and throws when there is none", async () => {
    const asked: string[] = [];
    const tokens = async (tokenId: string) => {
      asked.push(tokenId);
      return null;
    };
    const { marketplace, requests } = clientOf(answer(200, {}), { tokens });
    const write = marketplace.write(writeCall({ tokenId: "north" }));
    await expect(write).rejects.toThrow(RetryableError);
    await expect(write).rejects.toThrow("north");
    await expect(marketplace.read({ tokenId: "south", dealerCode: "DEMO", listingId: "x" })).rejects.toThrow("south");
    expect(asked).toEqual(["north", "south"]);
    expect(requests).toEqual([]);
  });

  it.each(["", "..", "x/bump", "x%2Fbump"])("refuses the listing id %j without a call", async (listingId) => {
    const { marketplace, requests } = clientOf(answer(200, {}));
    for (const call of ["post", "put", "delete"] as const) {
      expect(await marketplace.write(writeCall({ call, listingId }))).toMatchObject({
        kind: "refused",
        errors: [{ code: "unusable-listing-id", pointer: "/source_id" }],
      });
    }
    expect(requests).toEqual([]);
  });

  it("lets no token out, even where the answer echoes it", async () => {
    const echoes: HttpOutcome[] = [
      answer(400, `<pre>x-auth-token: ${token}</pre>`),
      answer(400, { title: [`not ${token}`] }),
      { kind: "lost", reason: `broken at ${token}` },
      { kind: "not-sent", reason: `bad header ${token}` },
    ];
    for (const echo of echoes) {
      const reply = JSON.stringify(await clientOf(echo).marketplace.write(writeCall()));
      expect(reply).not.toContain(token);
      expect(reply).toContain("[token]");
    }
  });
});

describe("a charged call", () => {
  const charge = (change: Partial<ChargedCall> = {}): ChargedCall => ({
    ...readCall(),
    call: "bump",
    attemptId: "attempt-1",
    callUntil: 9_000,
    ...change,
  });

  it.each(["bump", "pole_position"] as const)("is one GET of /%s, its lease the deadline", async (call) => {
    const { marketplace, requests } = clientOf(answer(200, {}));
    expect(await marketplace.charge(charge({ call }))).toEqual({ kind: "accepted" });
    const headers = expect.objectContaining({ "x-auth-token": token });
    expect(requests).toEqual([
      { method: "GET", path: `/v4/ad/listing-1/${call}`, headers, body: null, deadline: 9_000 },
    ]);
  });

  it.each<[string, HttpOutcome, Reply["kind"]]>([
    ["lost", { kind: "lost", reason: "reset" }, "in-doubt"],
    ["a 503", answer(503, ""), "in-doubt"],
    ["a 429", answer(429, ""), "not-made"],
    ["not sent", { kind: "not-sent", reason: "refused" }, "not-made"],
    ["a 403", answer(403, ""), "forbidden"],
  ])("that is %s is made once all the same", async (_name, outcome, kind) => {
    const { marketplace, requests } = clientOf(outcome);
    expect(await marketplace.charge(charge())).toMatchObject({ kind });
    expect(requests).toHaveLength(1);
  });

  it("is not made at or after its deadline", async () => {
    const { marketplace, requests } = clientOf(answer(200, {}), { now: () => 9_000 });
    expect(await marketplace.charge(charge())).toMatchObject({ kind: "not-made" });
    expect(requests).toEqual([]);
  });

  it.each(["", "..", "x/retry", "x%2Fbump"])("is refused for the listing id %j without a call", async (listingId) => {
    const { marketplace, requests } = clientOf(answer(200, {}));
    expect(await marketplace.charge(charge({ listingId }))).toMatchObject({ kind: "refused" });
    expect(requests).toEqual([]);
  });
});

describe("a validation", () => {
  it("posts the document to /validate of its type, within the time of a read", async () => {
    const { marketplace, requests } = clientOf(answer(200, {}));
    const call = { tokenId: "demo", dealerCode: "DEMO", vehicleType: "camper", body: { title: null } } as const;
    expect(await marketplace.validate(call)).toEqual({ kind: "valid" });
    const headers = expect.objectContaining({ "x-auth-token": token, "content-type": "application/json" });
    expect(requests).toEqual([
      { method: "POST", path: "/v4/camper/validate", headers, body: '{"title":null}', deadline: 6_000 },
    ]);
  });
});

describe("the client", () => {
  it("offers six calls and no other way to an address", () => {
    expect(Object.keys(clientOf(answer(200, {})).marketplace).sort()).toEqual([
      "charge",
      "read",
      "readMany",
      "showsOthers",
      "validate",
      "write",
    ]);
  });
});
