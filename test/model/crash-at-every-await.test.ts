import { describe, expect, it } from "vitest";
import type { QueueMessage } from "#shared/contracts/queue-message.ts";
import { checkInvariants } from "#test/support/world/invariants.ts";
import { makeWorld, type World } from "#test/support/world/make-world.ts";
import { runFor, runUntilQuiet } from "#test/support/world/run-world.ts";
import { boatDocument, bump, carDocument, removal, upsert } from "#test/support/world/wishes.ts";

type Story = (world: World, send: (message: QueueMessage) => Promise<void>) => Promise<void>;

const stories: Record<string, Story> = {
  "a car created, changed while that is open, and sold": async (world, send) => {
    const car = (id: string, amount: number) =>
      upsert(world, {
        id,
        itemId: "car",
        vehicleType: "car",
        ad: carDocument("ABC123", { price: [{ type: "list", amount }] }),
      });
    await send(car("1", 100_000));
    await runFor(world, 500);
    await send(car("2", 90_000));
    await runUntilQuiet(world);
    await send(removal(world, { id: "3", itemId: "car" }));
  },
  "a car sold while its create is open, and back again": async (world, send) => {
    await send(upsert(world, { id: "1", itemId: "car", vehicleType: "car", ad: carDocument("ABC123") }));
    await send(removal(world, { id: "2", itemId: "car" }));
    await runUntilQuiet(world);
    await send(upsert(world, { id: "3", itemId: "car", vehicleType: "car", ad: carDocument("ABC123") }));
  },
  "a boat removed and revived": async (world, send) => {
    await send(upsert(world, { id: "1", itemId: "boat", vehicleType: "boat", ad: boatDocument() }));
    await runUntilQuiet(world);
    await send(removal(world, { id: "2", itemId: "boat" }));
    await runUntilQuiet(world);
    await send(upsert(world, { id: "3", itemId: "boat", vehicleType: "boat", ad: boatDocument() }));
  },
  "a car whose plate is corrected": async (world, send) => {
    await send(upsert(world, { id: "1", itemId: "car", vehicleType: "car", ad: carDocument("ABC123") }));
    await runUntilQuiet(world);
    await send(upsert(world, { id: "2", itemId: "car", vehicleType: "car", ad: carDocument("ABC124") }));
  },
  "a car bumped, and again while nobody waited": async (world, send) => {
    await send(upsert(world, { id: "1", itemId: "car", vehicleType: "car", ad: carDocument("ABC123") }));
    await send(bump(world, { id: "2", itemId: "car" }));
    await runUntilQuiet(world);
    await send(bump(world, { id: "3", itemId: "car" }));
    await send(bump(world, { id: "3", itemId: "car" }));
  },
  "a hidden car, a refused one, one of which nobody knows": async (world, send) => {
    const hidden = carDocument("HID001", { visible: false });
    await send(upsert(world, { id: "1", itemId: "hidden", vehicleType: "car", ad: hidden }));
    const refused = carDocument("BAD001");
    refused.category_fields.brand = "trabant";
    await send(upsert(world, { id: "2", itemId: "refused", vehicleType: "car", ad: refused }));
    await send(removal(world, { id: "3", itemId: "unknown" }));
    await send(upsert(world, { id: "1", itemId: "hidden", vehicleType: "car", ad: hidden }));
  },
};

async function play(story: Story, dieAt?: number) {
  const world = makeWorld(dieAt === undefined ? {} : { dieAt });
  const sent: QueueMessage[] = [];
  await story(world, async (message) => {
    sent.push(message);
    await world.submitQueue.send([message]);
  });
  await runUntilQuiet(world);
  checkInvariants(world, sent);
  return world;
}

describe.each(Object.entries(stories))("%s", (_name, story) => {
  it("keeps every invariant wherever the process dies", async () => {
    const { gate } = await play(story);
    expect(gate.passed).toBeGreaterThan(50);
    for (let dieAt = 1; dieAt <= gate.passed; dieAt += 1) {
      await play(story, dieAt).catch((cause: unknown) => {
        throw new Error(`dying at await ${dieAt} of ${gate.passed}: ${String(cause)}`, { cause });
      });
    }
  });
});
