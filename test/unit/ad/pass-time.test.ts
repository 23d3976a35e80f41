import { describe, expect, it } from "vitest";
import { passTime } from "#shared/ad/pass-time.ts";
import { accepted, car, deleted, inDoubt, log, minute, published, second, startLife } from "./ad-life.ts";

type Life = ReturnType<typeof startLife>;

function calling(): Life {
  const life = startLife();
  life.want("1");
  life.step();
  return life;
}

function pass(life: Life, ms: number): void {
  life.wait(ms);
  life.change(passTime(life.ad(), life.context()));
}

describe("a lost attempt", () => {
  it("is in doubt ten seconds after its lease, not before", () => {
    const life = calling();
    pass(life, 20 * second - 1);
    expect(life.phase()).toBe("calling");
    pass(life, 1);
    expect(life.ad().submissions).toMatchObject([
      { phase: { kind: "doubt", reads: 0, nextReadAt: life.now() }, wasInDoubt: true, mayHaveReached: true },
    ]);
  });
});

describe("a submission without a result", () => {
  it("is overdue half an hour after the first 2xx: told, failed, and no longer in the way", () => {
    const life = calling();
    life.wait(5 * second);
    life.reply(accepted);
    const since = new Date(life.now()).toISOString();
    pass(life, 30 * minute - 1);
    expect(life.ad().outbox).toEqual([]);
    pass(life, 1);
    expect(life.told()).toMatchObject([
      { type: "AdStalled", metadata: { correlationId: "1" }, data: { call: "post", since } },
    ]);
    expect(life.receipts()).toEqual(["1 failed stalled"]);
    expect(life.ad()).toMatchObject({ submissions: [{ phase: { kind: "overdue" } }], wish: { state: "ended" } });
  });

  it("counts from the first line of ours in the log where no 2xx came, never from the intent", () => {
    const life = calling();
    life.reply(inDoubt);
    life.wait(20 * minute);
    life.observe(log("r1 create processing"));
    pass(life, 30 * minute - 1);
    expect(life.phase()).toBe("answered");
    pass(life, 1);
    expect(life.phase()).toBe("overdue");
  });

  it("is told once, and passing the time again changes nothing", () => {
    const life = calling();
    life.reply(accepted);
    pass(life, 30 * minute);
    const before = life.ad();
    pass(life, 10 * 60 * minute);
    expect(life.ad()).toEqual(before);
  });

  it("tells a late result as usual, without a second receipt", () => {
    const life = calling();
    life.reply(accepted);
    pass(life, 30 * minute);
    life.observe(published());
    expect(life.tellings()).toEqual(["AdStalled", "AdPublished"]);
    expect(life.receipts()).toEqual(["1 failed stalled"]);
    expect(life.ad().submissions).toEqual([]);
  });

  it("that was never answered is told after the same time but stays open, and its receipt with it", () => {
    const life = calling();
    life.reply({ kind: "not-made", retryAfterMs: 60 * minute, reason: "HTTP 429" });
    pass(life, 30 * minute);
    expect(life.tellings()).toEqual(["AdStalled"]);
    expect(life.receipts()).toEqual([]);
    expect(life.phase()).toBe("ready");
    pass(life, 30 * minute);
    expect(life.step()).toMatchObject({ kind: "write" });
    life.reply(accepted);
    life.observe(published());
    expect(life.tellings()).toEqual(["AdStalled", "AdPublished"]);
    expect(life.receipts()).toEqual(["1 applied published"]);
  });

  it("that was never answered is told once, though it is answered and overdue later", () => {
    const life = calling();
    life.reply(inDoubt);
    pass(life, 31 * minute);
    life.observe(log("r1 create processing"));
    pass(life, 31 * minute);
    expect(life.tellings()).toEqual(["AdStalled"]);
    expect(life.receipts()).toEqual(["1 failed stalled"]);
  });

  it("stays possibly held: the next write nulls what it had and the wish hasn't", () => {
    const life = startLife();
    life.publish();
    life.want("2", car(2, { video_url: "https://a.example/v" }));
    life.step();
    life.reply(accepted);
    life.wait(30 * minute);
    life.want("3", car(3));
    expect(life.step()).toMatchObject({ kind: "write", call: { call: "put", body: { video_url: null } } });
  });

  it("of a removal frees the next removal", () => {
    const life = startLife();
    life.publish();
    life.remove("2");
    life.step();
    life.reply(accepted);
    life.wait(30 * minute);
    life.remove("3");
    expect(life.step()).toMatchObject({ kind: "write", call: { call: "delete" } });
    life.reply(accepted);
    life.forgetTold();
    life.observeAtRest([...published(), ...deleted("r3")], { state: "deleted" });
    expect(life.receipts()).toEqual(["3 applied absent"]);
    expect(life.ad().submissions).toEqual([]);
  });
});
