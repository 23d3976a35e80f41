import { afterEach, describe, expect, it, vi } from "vitest";
import { RetryableError } from "#shared/contracts/errors.ts";
import { createLogger, type LogFields } from "#shared/lambda/logger.ts";

function linesOf(write: () => void): string[] {
  const lines: string[] = [];
  const keep = (chunk: unknown) => lines.push(String(chunk)) > 0;
  vi.spyOn(process.stdout, "write").mockImplementation(keep);
  vi.spyOn(process.stderr, "write").mockImplementation(keep);
  write();
  return lines;
}

afterEach(() => vi.restoreAllMocks());

describe("the logger", () => {
  it("writes one line of JSON, named like an event", () => {
    const lines = linesOf(() =>
      createLogger("receive", "bridge").event("receive.answered", { source: "dms", status: 202 }),
    );
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({
      level: "INFO",
      message: "receive.answered",
      service: "receive",
      source: "dms",
      status: 202,
    });
  });

  it("leaves out every field that is not on its list, however it got there", () => {
    const fields = { source: "dms", body: "canary", phone: "canary", headers: { "webhook-signature": "canary" } };
    const [line] = linesOf(() => createLogger("receive", "bridge").event("receive.answered", fields as LogFields));
    expect(line).toContain("dms");
    expect(line).not.toContain("canary");
  });

  it("leaves out a field that says nothing", () => {
    const fields = { tokenId: "solo", dealerCode: null, reason: undefined } as unknown as LogFields;
    const [line] = linesOf(() => createLogger("submit", "bridge").event("lane.changed", fields));
    expect(Object.keys(JSON.parse(line ?? ""))).toEqual(["level", "message", "timestamp", "service", "tokenId"]);
  });

  it.each([
    ["5f0c4e0a-0000-5000-8000-000000000000", true],
    ["urn:uuid:5F0C4E0A-0000-5000-8000-000000000000", true],
    ["01JD7Q2Z7N8X4W5V6T3R2Q1P0M", true],
    ["ABC123", false],
    ["0701234567", false],
    ["kim@privat.example", false],
    ["YV1ZWA8VDM1234567", false],
    ["ABC123-5f0c4e0a-0000-5000-8000-000000000000", false],
    ["5f0c4e0a-0000-5000-8000-000000000000\n", false],
    ["\ud800", false],
  ])("names by the hash what was not drawn but may mean somebody: %j is told: %s", (id, isTold) => {
    const listings = [{ listingId: id }, { openListingId: id }, { removalListingId: id }];
    for (const fields of [{ eventIds: [id] }, ...listings]) {
      const [line = ""] = linesOf(() => createLogger("receive", "bridge").event("receive.answered", fields));
      const { eventIds = [], listingId, openListingId, removalListingId } = JSON.parse(line);
      expect([...eventIds, listingId, openListingId, removalListingId].filter(Boolean)).toEqual([
        isTold ? id : expect.stringMatching(/^sha256:[0-9a-f]{16}$/),
      ]);
      expect(line.includes(JSON.stringify(id).slice(1, -1))).toBe(isTold);
    }
  });

  it("tells name, message, stack and causes of an error", () => {
    const error = new RetryableError("the queue did not answer", { cause: new Error("ECONNRESET") });
    const [line] = linesOf(() => createLogger("receive", "bridge").error("receive.answered", error, { status: 503 }));
    expect(JSON.parse(line ?? "")).toMatchObject({
      level: "ERROR",
      status: 503,
      failure: {
        name: "RetryableError",
        message: "the queue did not answer",
        stack: expect.stringContaining("logger.test.ts"),
        cause: { name: "Error", message: "ECONNRESET" },
      },
    });
  });

  it("never quotes what a parser could not read", () => {
    const parse = () => {
      try {
        return JSON.parse("canary");
      } catch (error) {
        return error;
      }
    };
    const [line] = linesOf(() =>
      createLogger("receive", "bridge").warn("receive.answered", new Error("x", { cause: parse() }), {}),
    );
    expect(line).toContain("SyntaxError");
    expect(line).not.toContain("canary");
  });

  it("takes nothing of an SDK's error but name and message", () => {
    const error = Object.assign(new Error("denied"), { $response: { headers: "canary" } });
    const [line] = linesOf(() => createLogger("receive", "bridge").error("receive.answered", error, {}));
    expect(line).not.toContain("canary");
  });

  it.each([["text"], [undefined], [{ a: 1 }]])("survives that %j was thrown", (thrown) => {
    const [line] = linesOf(() => createLogger("receive", "bridge").error("receive.answered", thrown, {}));
    expect(JSON.parse(line ?? "")).toMatchObject({ failure: { name: "NotAnError" } });
  });
});
