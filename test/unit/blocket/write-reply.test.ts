import { describe, expect, it } from "vitest";
import type { Call } from "#shared/ad/ad.ts";
import type { Reply } from "#shared/ad/marketplace.ts";
import { toReply } from "#shared/blocket/write-reply.ts";
import { answer } from "#test/support/marketplace/scripted-http-call.ts";

const taken = { source_id: ["Ad with this source_id already exists."] };
const uniqueSet = { non_field_errors: ["The fields dealer_code, source_id must make a unique set."] };
const html = "<html><body>Bad gateway</body></html>";

type Row = [status: number, body: unknown, call: Call, kind: Reply["kind"]];
const rows: Row[] = [
  [200, { state: "created" }, "put", "accepted"],
  [201, { id: "x" }, "post", "accepted"],
  [202, [], "post", "accepted"],
  [200, "", "delete", "accepted"],
  [204, "\n", "delete", "accepted"],
  [200, html, "put", "in-doubt"],
  [201, '{"id": "x", "sta', "post", "in-doubt"],
  [301, "", "post", "in-doubt"],
  [304, "", "put", "in-doubt"],
  [400, { title: ["This field is required."] }, "post", "refused"],
  [400, html, "post", "refused"],
  [400, taken, "post", "exists"],
  [409, taken, "post", "exists"],
  [400, uniqueSet, "post", "exists"],
  [400, taken, "put", "refused"],
  [409, taken, "delete", "refused"],
  [422, taken, "post", "refused"],
  [409, { detail: "Conflict" }, "post", "refused"],
  [400, { category_fields: { source_id: ["x"] } }, "post", "refused"],
  [401, { detail: "Invalid token: expired" }, "post", "unauthorized"],
  [401, html, "delete", "unauthorized"],
  [403, { detail: "You do not have permission to perform this action." }, "put", "forbidden"],
  [404, { detail: "Not found." }, "put", "not-found"],
  [404, html, "delete", "not-found"],
  [405, { detail: 'Method "POST" not allowed.' }, "post", "refused"],
  [408, "", "post", "in-doubt"],
  [413, html, "post", "refused"],
  [415, { detail: "Unsupported media type." }, "post", "refused"],
  [418, "", "post", "refused"],
  [422, ["x"], "post", "refused"],
  [429, "", "post", "not-made"],
  [100, "", "post", "in-doubt"],
  [500, html, "post", "in-doubt"],
  [502, html, "put", "in-doubt"],
  [503, { detail: "x" }, "delete", "in-doubt"],
  [599, "", "delete", "in-doubt"],
  [200, "", "bump", "accepted"],
  [202, { id: "x" }, "pole_position", "accepted"],
  [302, "", "bump", "in-doubt"],
  [400, taken, "bump", "refused"],
  [402, { detail: "No funds." }, "pole_position", "refused"],
  [403, "", "bump", "forbidden"],
  [404, "", "pole_position", "not-found"],
  [429, "", "bump", "not-made"],
  [502, html, "bump", "in-doubt"],
];

describe("reply of a write", () => {
  it.each(rows)("takes %i %j after a %s as %s", (status, body, call, kind) => {
    expect(toReply(call, answer(status, body), 0).kind).toBe(kind);
  });

  it("waits as long as a 429 asks", () => {
    const throttled = (headers: Record<string, string>) => toReply("put", answer(429, "", headers), 1_000);
    expect(throttled({ "retry-after": "7" })).toEqual({
      kind: "not-made",
      retryAfterMs: 7_000,
      reason: "HTTP 429",
      throttled: true,
    });
    expect(throttled({ "retry-after": "Thu, 01 Jan 1970 00:00:03 GMT" })).toMatchObject({ retryAfterMs: 2_000 });
    expect(throttled({})).toMatchObject({ retryAfterMs: null });
  });

  it("carries the errors of a refusal and of a taken id", () => {
    expect(toReply("post", answer(409, taken), 0)).toEqual({
      kind: "exists",
      errors: [{ code: "exists", pointer: "/source_id", message: taken.source_id[0] }],
    });
    expect(toReply("put", answer(413, html), 0)).toMatchObject({
      errors: [{ code: "refused", pointer: null, message: `HTTP 413: ${html}` }],
    });
    expect(toReply("put", answer(302, html, { location: "https://elsewhere.example/" }), 0)).toEqual({
      kind: "in-doubt",
      reason: "HTTP 302",
    });
  });

  it("tells what was not sent from what was lost, and repeats no body in a reason", () => {
    expect(toReply("post", { kind: "not-sent", reason: "refused" }, 0)).toEqual({
      kind: "not-made",
      retryAfterMs: null,
      reason: "refused",
      throttled: false,
    });
    expect(toReply("post", { kind: "lost", reason: "reset" }, 0)).toEqual({ kind: "in-doubt", reason: "reset" });
    expect(toReply("post", answer(200, html), 0)).toEqual({ kind: "in-doubt", reason: "unreadable 2xx (HTTP 200)" });
    expect(toReply("post", answer(502, html), 0)).toEqual({ kind: "in-doubt", reason: "HTTP 502" });
  });
});
