import type { QueueMessage } from "#shared/contracts/queue-message.ts";
import type { World } from "./make-world.ts";
import { runFor, runUntilQuiet } from "./run-world.ts";
import { boatDocument, bump, carDocument, removal, upsert } from "./wishes.ts";

/** What a source asks for, one thing after the other. */
export type Story = (world: World, send: (message: QueueMessage) => Promise<void>) => Promise<void>;
type Stories = Record<string, Story>;

/** The ordinary lives of an ad. */
export const lives: Stories = {
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
};

/** What is rarer: corrections, charged calls, and what ends without a live ad. */
export const oddities: Stories = {
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
