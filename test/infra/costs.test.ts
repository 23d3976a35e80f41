import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { productionSettings } from "#cdk/stages.ts";
import { operationsFile, operationsWithCosts } from "#tools/costs/costs-table.ts";
import { idleCosts, type Template, totalOf } from "#tools/costs/idle-costs.ts";
import { prices } from "#tools/costs/read-prices.ts";

const { waits } = productionSettings;
const costsOf = (resources: Template, memoryMb = 512) => idleCosts({ resources, waits, memoryMb }, prices);
const alarm = (Properties: object) => ({ Type: "AWS::CloudWatch::Alarm", Properties });

describe("what an idle stage costs", () => {
  it("stands in docs/operations.md as it is today: npm run costs", () => {
    expect(operationsWithCosts()).toBe(readFileSync(operationsFile, "utf8"));
  });

  it("counts each metric of a formula", () => {
    const formula = alarm({ Metrics: [{ Expression: "a + b" }, { MetricStat: {} }, { MetricStat: {} }] });
    expect(costsOf({ a: alarm({}), b: formula })[0]).toMatchObject({ amount: "3 metrics", usd: expect.closeTo(0.3) });
  });

  it("grows with what is in the template, and is next to nothing without anything", () => {
    const mapping = { Type: "AWS::Lambda::EventSourceMapping", Properties: {} };
    const rule = { Type: "AWS::Events::Rule", Properties: { ScheduleExpression: "rate(1 minute)" } };
    const totals = [{}, { mapping }, { mapping, rule }].map((resources) => totalOf(costsOf(resources)));
    expect(totals).toEqual([...totals].sort((a, b) => a - b));
    expect(new Set(totals).size).toBe(3);
    expect(totals[0]).toBeLessThan(1.2);
  });
});
