import { describe, expect, it } from "vitest";
import type { ValidateReply } from "#shared/ad/marketplace.ts";
import type { HttpOutcome } from "#shared/blocket/http-call.ts";
import { toValidateReply } from "#shared/blocket/validate-reply.ts";
import { answer } from "#test/support/marketplace/scripted-http-call.ts";

const failed = (reason: string, retryAfterMs: number | null = null) => ({ kind: "failed", reason, retryAfterMs });

describe("reply of a validate", () => {
  it.each<[number, unknown, ValidateReply["kind"]]>([
    [200, {}, "valid"],
    [200, "<html>", "valid"],
    [204, "", "valid"],
    [400, { title: ["This field is required."] }, "refused"],
    [403, { detail: "You do not have permission to perform this action." }, "refused"],
    [409, { detail: "Conflict" }, "refused"],
    [422, ["x"], "refused"],
    [401, { detail: "Invalid token: expired" }, "unauthorized"],
    [404, { detail: "Not found." }, "unavailable"],
    [405, { detail: "Method not allowed." }, "unavailable"],
    [302, "", "failed"],
    [408, "", "failed"],
    [418, "", "failed"],
    [500, "", "failed"],
  ])("takes %i %j as %s", (status, body, kind) => {
    expect(toValidateReply(answer(status, body), 0).kind).toBe(kind);
  });

  it.each<[string, HttpOutcome, unknown]>([
    ["a lost call", { kind: "lost", reason: "reset" }, failed("reset")],
    ["a call not sent", { kind: "not-sent", reason: "refused" }, failed("refused")],
    ["a 503", answer(503, ""), failed("HTTP 503")],
    ["a 429 that says how long", answer(429, "", { "retry-after": "7" }), failed("HTTP 429", 7_000)],
  ])("can be made again after %s", (_name, outcome, expected) => {
    expect(toValidateReply(outcome, 1_000)).toEqual(expected);
  });

  it("carries every error with its place", () => {
    const body = { price: ["Too cheap."], category_fields: { model_year: ["Too old."] } };
    expect(toValidateReply(answer(400, body), 0)).toMatchObject({
      kind: "refused",
      errors: [
        { pointer: "/price", message: "Too cheap." },
        { pointer: "/category_fields/model_year", message: "Too old." },
      ],
    });
  });
});
