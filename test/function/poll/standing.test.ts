import { describe, expect, it } from "vitest";
import type { StandingLog } from "#functions/poll/look-around.ts";
import { pausedLane } from "#shared/ad/lane.ts";
import { RetryableError } from "#shared/contracts/errors.ts";
import { makePollWorld, minute, tick } from "./poll-world.ts";

const noValue = new RetryableError("the secret blocket-bridge/tokens has no value yet, or does not exist");

/** A stage as it is before anybody has given it its tokens; `give` does. */
function newStage(fault: Error) {
  const world = makePollWorld();
  const lines: StandingLog[] = [];
  const { tokens } = world.ports;
  const refuse = async () => {
    throw fault;
  };
  world.ports.tokens = { ...tokens, firstExpiry: refuse };
  world.ports.logStanding = (line) => void lines.push(line);
  return { world, lines, give: () => Object.assign(world.ports, { tokens }) };
}

describe("a dealer paused by hand", () => {
  it("is counted among the closed lanes", async () => {
    const world = makePollWorld();
    const lines: StandingLog[] = [];
    world.ports.logStanding = (line) => void lines.push(line);
    await world.ports.lanes.save(pausedLane("DEMO", world.clock.now));
    await tick(world);
    expect(lines).toMatchObject([{ kind: "standing", lanesClosed: 1 }]);
  });
});

describe("a stage without tokens", () => {
  it("says so at every tick, and none of them becomes a dead letter", async () => {
    const { world, lines, give } = newStage(noValue);
    for (let passed = 0; passed < 15; passed += 1) {
      await tick(world);
      world.clock.now += minute;
    }
    expect(lines).toEqual(Array.from({ length: 15 }, () => ({ kind: "no-tokens", fault: noValue })));
    give();
    await tick(world);
    expect(lines.at(-1)).toEqual({ kind: "standing", lanesClosed: 0, tokenDaysLeft: null });
  });

  it("still takes up its chains and sends its canaries", async () => {
    const { world } = newStage(noValue);
    const lost = {
      tokenId: "demo-group",
      round: 3,
      nextAt: 0,
      emptySince: null,
      passAt: 0,
      readsSince: 0,
      readsPausedUntil: null,
      asleep: false,
      pace: 1,
      adsPerRead: 50,
      after: null,
    };
    await world.chains.create(lost);
    await tick(world);
    expect(world.pollQueue.messages()).toEqual([{ version: 1, kind: "round", tokenId: "demo-group", round: 3 }]);
  });

  it("hides no bug", async () => {
    const { world } = newStage(new TypeError("tokens is not a list"));
    await expect(tick(world)).rejects.toThrow(TypeError);
  });
});
