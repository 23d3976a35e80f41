import { describe, expect, it } from "vitest";
import { submit } from "#functions/submit/submit.ts";
import type { AdKey } from "#shared/ad/ad.ts";
import { makeWorld, type World } from "#test/support/world/make-world.ts";
import { runUntilQuiet } from "#test/support/world/run-world.ts";
import { carDocument, removal, upsert } from "#test/support/world/wishes.ts";

const enoughTime = { remainingMs: () => 60_000 };
const key: AdKey = { dealerCode: "DEMO", itemId: "car" };

async function send(world: World, id: string, visible?: boolean): Promise<void> {
  const ad = carDocument("ABC123", visible === undefined ? {} : { visible });
  await submit(world.ports, upsert(world, { id, itemId: "car", vehicleType: "car", ad }), enoughTime);
  await runUntilQuiet(world);
}

const writesOf = ({ marketplace }: World) =>
  marketplace.requests().flatMap(({ method }) => (method === "GET" ? [] : [method]));
const toldBy = ({ bus }: World) => bus.published().map(({ type, data }) => ({ type, data }));

describe("where every ad is hidden", () => {
  it.each([[undefined], [true], [false]])(
    "a document that says visible: %s goes out as hidden, and settles as such",
    async (visible) => {
      const world = makeWorld({ forceHidden: true });
      await send(world, "1", visible);
      expect(writesOf(world)).toEqual(["POST"]);
      expect(world.marketplace.ads().map(({ liveDocument }) => liveDocument)).toEqual([null]);
      expect(toldBy(world)).toMatchObject([{ type: "AdUpdated", data: { created: true, visible: false } }]);
    },
  );

  it("the same document again changes nothing, visible or not", async () => {
    const world = makeWorld({ forceHidden: true });
    await send(world, "1", true);
    await send(world, "2", true);
    await send(world, "3", false);
    expect(writesOf(world)).toEqual(["POST"]);
    const receipts = await Promise.all(["1", "2", "3"].map((id) => world.table.hasReceipt(key, { source: "dms", id })));
    expect(receipts).toEqual([true, true, true]);
  });

  it("a removal is one as ever", async () => {
    const world = makeWorld({ forceHidden: true });
    await send(world, "1");
    await submit(world.ports, removal(world, { id: "2", itemId: "car" }), enoughTime);
    await runUntilQuiet(world);
    expect(writesOf(world)).toEqual(["POST", "DELETE"]);
  });

  it("and where none is, a visible document is published", async () => {
    const world = makeWorld();
    await send(world, "1", true);
    expect(toldBy(world)).toMatchObject([{ type: "AdPublished" }]);
  });
});
