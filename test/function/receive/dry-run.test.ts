import { describe, expect, it } from "vitest";
import { carEvent, changed, removedEvent } from "#test/unit/contracts/inventory-samples.ts";
import { frontDoor, newSecret } from "./front-door.ts";

const badPrice = changed<unknown>(carEvent, ["data", "ad", "price", 0, "amount"], "12");

describe("a dry run", () => {
  it("judges each event, queues nothing, and says so", async () => {
    const door = frontDoor();
    const { status, body } = await door.post({ body: [badPrice, removedEvent], query: "dry-run" });
    expect(status).toBe(200);
    expect(body).toEqual({
      dryRun: true,
      items: [
        {
          id: "evt-0001",
          status: "rejected",
          errors: [expect.objectContaining({ pointer: "/data/ad/price/0/amount" })],
        },
        { id: "evt-0002", status: "valid" },
      ],
    });
    expect(door.queued).toEqual([]);
    expect(door.lines).toMatchObject([{ fields: { status: 200, dryRun: true, rejected: 1 } }]);
    expect(door.lines[0]?.fields).not.toHaveProperty("queued");
  });

  it("says what a valid event would regret, and a real run keeps that for the receipt", async () => {
    const door = frontDoor();
    const silent = { body: changed(carEvent, ["data", "ad", "body"], undefined) };
    const { items } = (await door.post({ ...silent, query: "dry-run" })).body;
    expect(items).toEqual([
      {
        id: "evt-0001",
        status: "valid",
        warnings: [{ pointer: "/data/ad/body", code: "missing-body", message: "The ad has no text." }],
      },
    ]);
    expect((await door.post(silent)).body).toEqual({ items: [{ id: "evt-0001", status: "queued" }] });
    expect(door.queued).toMatchObject([{ warnings: [{ pointer: "/body", code: "missing-body" }] }]);
  });

  it.each([
    ["dry-run", 200],
    ["dry-run=", 200],
    ["dry-run=true", 200],
    ["a=b&dry-run", 200],
    ["", 202],
    ["dry-run=false", 202],
    ["dry-runs", 202],
    ["dry-run=1", 400],
    ["dry-run=no", 400],
    ["dry-run=true&dry-run=false", 400],
    ["dryRun=true", 400],
    ["dry_run", 400],
    ["DRY-RUN", 400],
  ])("with ?%s: %i", async (query, status) => {
    const door = frontDoor();
    expect((await door.post({ body: carEvent, query })).status).toBe(status);
    expect(door.queued).toHaveLength(status === 202 ? 1 : 0);
  });

  it.each([
    ["a wrong signature", { body: carEvent, signedBy: newSecret }, 401],
    ["another's dealer", { body: changed(carEvent, ["data", "dealerCode"], "OTHER") }, 403],
    ["strict handling", { body: badPrice, headers: { Prefer: "handling=strict" } }, 422],
    ["no CloudEvent", { body: {} }, 400],
  ])("answers %s as the real run would", async (_, call, status) => {
    expect((await frontDoor().post({ ...call, query: "dry-run" })).status).toBe(status);
  });
});
