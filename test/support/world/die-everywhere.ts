import { describe, expect, it } from "vitest";
import type { QueueMessage } from "#shared/contracts/queue-message.ts";
import { checkInvariants } from "./invariants.ts";
import { makeWorld, type World } from "./make-world.ts";
import { runUntilQuiet } from "./run-world.ts";
import type { Story } from "./stories.ts";

/** Fewer rounds that find nothing: each kind of await is still among those died at, only not a hundred times. */
const waits = { roundMs: 15_000 };

/** Declares one test for each story: it is played again and again, dying at another await each time, until each has been died at. */
export function dieEverywhere(stories: Record<string, Story>): void {
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
}

async function play(story: Story, dieAt?: number): Promise<World> {
  const world = makeWorld({ waits, ...(dieAt !== undefined && { dieAt }) });
  const sent: QueueMessage[] = [];
  await story(world, async (message) => {
    sent.push(message);
    await world.submitQueue.send([message]);
  });
  await runUntilQuiet(world);
  checkInvariants(world, sent);
  return world;
}
