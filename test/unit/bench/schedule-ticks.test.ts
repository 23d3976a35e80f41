import { expect, it } from "vitest";
import { dawn } from "#bench/world/engine.ts";
import { scheduleTicks } from "#bench/world/schedule-ticks.ts";
import { makeWorld } from "#bench/world/world.ts";
import { productionSettings } from "#cdk/stages.ts";
import { chains } from "#shared/aws/table-keys.ts";

const minuteMs = 60_000;

it("ticks when a chain is to be taken up, and not otherwise", async () => {
  const world = makeWorld();
  const ticks: number[] = [];
  scheduleTicks(world, dawn + 10 * minuteMs, () => ticks.push((world.engine.now() - dawn) / minuteMs));
  const lostAt = dawn + 3 * minuteMs;
  const dueAt = { N: String(lostAt - productionSettings.waits.chainLostMs) };
  const key = { pk: { S: `${chains}token` }, sk: { S: "chain" } };
  world.table.put({ TableName: "", Item: { ...key, tokenId: { S: chains }, dueAt } }, () => {});
  world.engine.at(lostAt + 1.5 * minuteMs, () => {
    world.table.delete({ TableName: "", Key: key }, () => {});
  });
  await world.engine.run();
  expect(ticks).toEqual([3, 4]);
});
