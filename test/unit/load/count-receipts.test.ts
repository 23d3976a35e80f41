import { describe, expect, it } from "vitest";
import { countReceipts } from "#test/e2e/load/count-receipts.ts";
import { drawEvents } from "#test/e2e/load/draw-events.ts";
import { startStub } from "./load-stub.ts";

const watch = { patienceMs: 50, everyMs: 1, report: () => {} };
const receipt = (id: string, change = {}) => ({
  id,
  outcome: "applied",
  reason: "published",
  at: "2026-11-21",
  ...change,
});
const found = (body: object) => ({ status: 200, body });

describe("the counting of receipts", () => {
  it("tells one, none, several and changed apart, wherever another one lies", async () => {
    const asked = new Map<string, number>();
    await using stub = await startStub(({ path }) => {
      const id = path.split("/").at(-1) ?? "";
      const times = (asked.get(id) ?? 0) + 1;
      asked.set(id, times);
      switch (id) {
        case "load-1":
          return { status: 404 };
        case "load-2":
          return found(times === 1 ? receipt(id) : receipt(id, { others: [receipt(id, { at: "2026-11-22" })] }));
        case "load-3":
          return found(receipt(id, { at: times === 1 ? "2026-11-21" : "2026-11-22" }));
        case "load-4":
          return times === 1 ? null : found(receipt(id));
        case "load-5":
          return { status: times < 3 ? 404 : 200, body: receipt(id) };
        default:
          return found(receipt(id));
      }
    });
    const counted = await countReceipts(stub.url, drawEvents(120, 10), watch);
    expect(counted).toEqual({
      one: 117,
      none: 1,
      several: 1,
      changed: 1,
      outcomes: new Map([["applied (published)", 120]]),
    });
  });

  it("waits for all events together, not for each of them", async () => {
    await using stub = await startStub(() => ({ status: 404 }));
    const startedAt = performance.now();
    const { none } = await countReceipts(stub.url, drawEvents(100, 100), { ...watch, patienceMs: 1_000 });
    expect(none).toBe(100);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });

  it("does not take a fault of who is asked for a receipt that is missing", async () => {
    let asked = 0;
    await using stub = await startStub(({ path }) => {
      asked += 1;
      return asked < 3 ? { status: 429 } : found(receipt(path.split("/").at(-1) ?? ""));
    });
    expect(await countReceipts(stub.url, drawEvents(1, 1), watch)).toMatchObject({ one: 1, none: 0 });
  });

  it("looks into events of no item, too", () => {
    const itemless = drawEvents(100, 10).filter(({ body }) => JSON.parse(body).data.itemId === "");
    expect(itemless).toHaveLength(2);
  });
});
