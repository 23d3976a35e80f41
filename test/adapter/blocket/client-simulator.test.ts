import { describe, expect, it } from "vitest";
import { createMarketplace } from "#local/simulator/marketplace.ts";
import type { SettingsPatch } from "#local/simulator/settings.ts";
import { sandboxTokens } from "#local/simulator/tokens.ts";
import type { ReadReply, Row } from "#shared/ad/marketplace.ts";
import { blocketMarketplace } from "#shared/blocket/client.ts";
import type { Marketplace } from "#shared/steps/ports.ts";
import { carDocument, readCall, writeCall } from "#test/support/marketplace/calls.ts";
import { simulatorHttpCall } from "#test/support/marketplace/simulator-http-call.ts";

const start = Date.parse("2026-11-21T08:00:00Z");

/** The client over the simulator's core on a clock that the test moves. */
function worldOf(settings: SettingsPatch = {}) {
  let now = start;
  const simulator = createMarketplace({ clock: () => now, seed: 1, tokens: sandboxTokens, settings });
  const httpCall = simulatorHttpCall({
    marketplace: simulator,
    waitUntil: (deadline) => {
      now = deadline;
    },
  });
  const tokens = async (tokenId: string) => ({ demo: "sandbox-token", solo: "sandbox-solo-token" })[tokenId] ?? null;
  const marketplace: Marketplace = blocketMarketplace({ httpCall, tokens, now: () => now, readTimeoutMs: 5_000 });
  const pass = (ms: number) => {
    now += ms;
  };
  const write = (call: "post" | "put" | "delete", listingId: string, body: Record<string, unknown> | null) =>
    marketplace.write(writeCall({ call, listingId, body, vehicleType: call === "delete" ? null : "car" }, now));
  return { simulator, marketplace, write, pass, now: () => now };
}

const rowOf = (reply: ReadReply | undefined): Row | null =>
  reply?.kind === "read" && reply.snapshot.kind === "found" ? reply.snapshot.row : null;
/** The states of each action of each request, in the order of the log: `done` and `processing` of two actions may share a second. */
function storyOf(log: readonly { requestId: string; action: string; state: string }[] = []): Record<string, string[]> {
  const story: Record<string, string[]> = {};
  for (const { requestId, action, state } of log) {
    story[`${requestId} ${action}`] = [...(story[`${requestId} ${action}`] ?? []), state];
  }
  return story;
}
/** Which actions the log shows to have gone from `processing` to `done`, in alphabetical order. */
function doneIn(row: Row | null): string[] {
  const done = Object.entries(storyOf(row?.log)).filter(([, states]) => states.join() === "processing,done");
  return done.map(([name]) => name.split(" ")[1] ?? "").sort();
}
const published = ["create", "handle_media", "publish"];

const variants: [name: string, settings: SettingsPatch][] = [
  ["as the newest document has it", {}],
  [
    "with logs, descending, six digits",
    { quirks: { logField: "logs", logOrder: "descending", logTimestampDigits: 6 } },
  ],
  ["with bare arrays and a row per write", { quirks: { pageEnvelope: "array", rowsPerSourceId: "per-write" } }],
  ["with empty replies and 409", { quirks: { writeReply: "empty", duplicateStatus: 409 } }],
  [
    "with request ids in replies and three digits",
    { quirks: { writeReply: "row-with-request-id", logTimestampDigits: 3 } },
  ],
  ["with two rows per page", { maxPageSize: 2 }],
];

describe.each(variants)("an ad's life, %s", (_, settings) => {
  it("is created, read, listed, updated, deleted", async () => {
    const { marketplace, write, pass, now } = worldOf(settings);
    const call = readCall({ listingId: "car-1" });
    const readBoth = async () => [await marketplace.read(call), (await marketplace.readMany([call]))[0]];

    expect(await marketplace.read(call)).toEqual({ kind: "read", snapshot: { kind: "absent", taken: false } });
    expect(await marketplace.readMany([call])).toEqual([{ kind: "read", snapshot: { kind: "unlisted" } }]);
    expect(await write("post", "car-1", carDocument("car-1"))).toEqual({ kind: "accepted" });
    expect(await write("post", "car-1", carDocument("car-1"))).toMatchObject({ kind: "exists" });
    pass(10_000);
    for (const reply of await readBoth()) {
      expect(doneIn(rowOf(reply))).toEqual(published);
      expect(rowOf(reply)).toMatchObject({ state: "created", blocketAdId: expect.any(String), plate: "ABC123" });
    }
    expect(await write("put", "car-1", { body: "Changed." })).toEqual({ kind: "accepted" });
    pass(10_000);
    for (const reply of await readBoth()) {
      expect(doneIn(rowOf(reply))).toEqual([...published, "publish", "update"]);
    }
    expect(await write("delete", "car-1", null)).toEqual({ kind: "accepted" });
    pass(10_000);
    for (const reply of await readBoth()) {
      expect(rowOf(reply)?.state).toBe("deleted");
      expect(doneIn(rowOf(reply))).toContain("delete");
    }
    expect(await write("put", "car-1", { body: "Again." })).toMatchObject({
      kind: "refused",
      errors: [{ code: "deleted", pointer: null }],
    });
    expect(now()).toBe(start + 30_000);
  });

  it("shows all 250 entries of a busy ad, alone and in a list", async () => {
    const { simulator, marketplace, write, pass } = worldOf({ ...settings, maxPageSize: 100 });
    await write("post", "busy", carDocument("busy"));
    await write("post", "quiet", {
      ...carDocument("quiet"),
      category_fields: {
        model_year: 2020,
        registration_number: "DEF456",
        brand: "volvo",
        model: "v60",
        body_type: "kombi",
      },
    });
    pass(10_000);
    const entries = () => simulator.ads().find(({ sourceId }) => sourceId === "busy")?.log ?? [];
    for (let n = 0; entries().length < 250; n += 1) {
      await write("put", "busy", { body: `Change ${n}.` });
      pass(10_000);
    }
    const truth = storyOf(entries());
    const [busy, quiet] = await marketplace.readMany([
      readCall({ listingId: "busy" }),
      readCall({ listingId: "quiet" }),
    ]);
    for (const reply of [busy, await marketplace.read(readCall({ listingId: "busy" }))]) {
      const log = rowOf(reply)?.log ?? [];
      expect(log.length).toBeGreaterThanOrEqual(250);
      expect(storyOf(log)).toEqual(truth);
    }
    expect(doneIn(rowOf(quiet))).toEqual(published);
  });
});

describe("the client and the simulator", () => {
  it("carries the marketplace's complaints with their place in the document", async () => {
    const { write } = worldOf();
    const document = { ...carDocument("bad"), title: "Not allowed", price: [{ type: "list", amount: "much" }] };
    const reply = await write("post", "bad", document);
    expect(reply).toMatchObject({ kind: "refused" });
    const pointers = reply.kind === "refused" ? reply.errors.map(({ pointer }) => pointer) : [];
    expect(pointers).toContain("/title");
    expect(pointers.some((pointer) => pointer?.startsWith("/price/0"))).toBe(true);
  });

  it("finds no ad to change or delete where there is none", async () => {
    const { write } = worldOf();
    expect(await write("put", "nowhere", { body: "x" })).toEqual({ kind: "not-found" });
    expect(await write("delete", "nowhere", null)).toEqual({ kind: "not-found" });
  });

  it("does not take another dealer's ad of the same id for ours", async () => {
    const { marketplace, write, pass } = worldOf();
    await write("post", "shared", carDocument("shared"));
    pass(10_000);
    const call = readCall({ listingId: "shared", dealerCode: "DEMO2" });
    expect(await marketplace.read(call)).toEqual({ kind: "read", snapshot: { kind: "absent", taken: true } });
    expect(await marketplace.readMany([call])).toEqual([{ kind: "read", snapshot: { kind: "unlisted" } }]);
  });

  it("is in doubt after a hang, with the clock at the deadline, and reads what was done after a drop", async () => {
    const { simulator, marketplace, write, now } = worldOf();
    simulator.addFault({ kind: "hang" });
    expect(await write("post", "car-1", carDocument("car-1"))).toMatchObject({ kind: "in-doubt" });
    expect(now()).toBe(start + 60_000);
    simulator.addFault({ kind: "drop-after" });
    expect(await write("post", "car-2", carDocument("car-2"))).toMatchObject({ kind: "in-doubt" });
    expect(rowOf(await marketplace.read(readCall({ listingId: "car-2" })))?.listingId).toBe("car-2");
  });

  it("cannot be led to a charged address, nor to a retry", async () => {
    const { simulator, marketplace, write, pass } = worldOf();
    await write("post", "x", carDocument("x"));
    pass(10_000);
    for (const action of ["bump", "pole_position", "retry"]) {
      for (const listingId of [`x/${action}`, `x%2F${action}`, `x\\${action}`, `./x/${action}`, `x/${action}?`]) {
        await marketplace.read(readCall({ listingId }));
        await marketplace.readMany([readCall({ listingId })]);
        await write("put", listingId, {});
        await write("delete", listingId, null);
      }
    }
    expect(simulator.charges()).toEqual({ bump: 0, pole_position: 0 });
    expect(simulator.requests().map(({ path }) => path)).toEqual(["/v4/car"]);
  });
});
