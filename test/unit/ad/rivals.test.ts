import { describe, expect, it } from "vitest";
import { accepted, car, minute, published, startLife } from "./ad-life.ts";
import { formerAlive } from "./in-phase.ts";

describe("a write that has no rival", () => {
  it("settles at once after a charged call that has stalled", () => {
    const life = startLife();
    life.publish();
    life.charge("b");
    life.step();
    life.reply(accepted);
    life.stall();
    life.want("2", car(2));
    life.step();
    life.reply(accepted);
    life.observe([...published(), ...published("r2", "update", 10)]);
    expect(life.receipts()).toEqual(["b failed stalled", "2 applied published"]);
    expect(life.ad()).toMatchObject({ submissions: [], settled: { clean: true } });
  });

  it("settles at once beside an overdue one of another listing", () => {
    const { life, listingId, formerLog } = formerAlive();
    expect(life.step()).toMatchObject({ call: { call: "delete", listingId } });
    life.reply(accepted);
    life.wait(60 * minute);
    life.observe(formerLog, { listingId });
    life.forgetTold();
    life.want("4", car(4));
    expect(life.step()).toMatchObject({ call: { call: "put" } });
    life.reply(accepted);
    life.observe([...published("n1"), ...published("n2", "update", 10)]);
    expect([life.receipts(), life.ad().settled?.clean]).toEqual([["4 applied published"], true]);
    expect(life.ad().submissions).toMatchObject([{ listingId, overtaken: false }]);
  });
});
