import { describe, expect, it } from "vitest";
import { submit } from "#functions/submit/submit.ts";
import type { QueueMessage } from "#shared/contracts/queue-message.ts";
import { frontDoor } from "#test/function/receive/front-door.ts";
import { makeWorld } from "#test/support/world/make-world.ts";
import { runUntilQuiet } from "#test/support/world/run-world.ts";
import { carEvent, changed, removedEvent } from "#test/unit/contracts/inventory-samples.ts";

const { traceparent: ofEvent } = carEvent;
const ofHeader = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";
const plain = changed<unknown>(carEvent, ["traceparent"], undefined);

/** What the door queues of one body, and the lines it leaves. */
async function enter(body: unknown, traceparent?: string) {
  const door = frontDoor();
  const { status } = await door.post({ body, headers: { traceparent } });
  expect(status).toBe(202);
  return { queued: JSON.parse(JSON.stringify(door.queued)) as QueueMessage[], lines: door.lines };
}

/** The traces in all that is told of messages, as listeners and the history have it. */
async function tell(...messages: QueueMessage[]) {
  const world = makeWorld();
  for (const message of messages) {
    await submit(world.ports, message, { remainingMs: () => 60_000 });
    await runUntilQuiet(world);
  }
  return world.bus.published().map(({ type, metadata }) => [type, metadata.traceparent]);
}

const traceOf = (message: QueueMessage | undefined) =>
  message?.kind === "inventory-event" ? message.event.traceparent : Object(message).traceparent;

describe("a trace", () => {
  it("travels from the webhook to the ad events of each wish, and to no other's", async () => {
    const { queued } = await enter([carEvent, removedEvent]);
    expect(await tell(...queued)).toEqual([
      ["AdPublished", ofEvent],
      ["AdDeleted", undefined],
    ]);
  });

  it("travels with an event that is rejected", async () => {
    const { queued } = await enter(changed<unknown>(carEvent, ["data", "ad", "price"], "free"));
    expect(await tell(...queued)).toEqual([["InventoryEventRejected", ofEvent]]);
  });

  it.each([
    ["the header's where the event has none", plain, ofHeader, ofHeader],
    ["the event's own before the header's", carEvent, ofHeader, ofEvent],
    ["the header's where the event's is malformed", { ...carEvent, traceparent: { at: 1 } }, ofHeader, ofHeader],
    ["none without one", plain, undefined, undefined],
  ])("is %s", async (_, body, header, expected) => {
    const { queued, lines } = await enter(body, header);
    expect(traceOf(queued[0])).toBe(expected);
    expect(JSON.stringify(lines).includes("traceparents")).toBe(expected !== undefined);
  });

  it.each([
    ["cut off", ofEvent.slice(0, -1)],
    ["longer", `${ofEvent}-registration-ABC123`],
    ["with capitals", ofEvent.toUpperCase()],
    ["of no trace", `00-${"0".repeat(32)}-00f067aa0ba902b7-01`],
    ["of no parent", `00-4bf92f3577b34da6a3ce929d0e0e4736-${"0".repeat(16)}-01`],
    ["of an unknown version", `ff${ofEvent.slice(2)}`],
    ["with more lines", `${ofEvent}\n`],
    ["a number", 7],
    ["null", null],
  ])("that is %s is ignored, and the event taken", async (_, traceparent) => {
    const { queued } = await enter({ ...carEvent, traceparent }, typeof traceparent === "string" ? traceparent : "");
    expect(queued).toHaveLength(1);
    expect(traceOf(queued[0])).toBeUndefined();
  });
});
