import { describe, expect, it } from "vitest";
import type { Snapshot } from "#shared/ad/marketplace.ts";
import { passTime } from "#shared/ad/pass-time.ts";
import { accepted, car, deleted, inDoubt, log, minute, notMade, published, second, startLife } from "./ad-life.ts";
import { formerAlive } from "./in-phase.ts";

type Life = ReturnType<typeof startLife>;
const working = log("r1 create processing");

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

describe("an accepted write without a result", () => {
  it("is overdue half an hour after the first 2xx: told, failed, and no longer in the way", () => {
    const life = calling();
    life.wait(5 * second);
    life.reply(accepted);
    const since = new Date(life.now()).toISOString();
    life.wait(30 * minute - 1);
    life.look();
    expect(life.ad().outbox).toEqual([]);
    life.wait(1);
    life.look();
    expect(life.told()).toMatchObject([
      { type: "AdStalled", metadata: { correlationId: "1" }, data: { call: "post", since } },
    ]);
    expect(life.receipts()).toEqual(["1 failed stalled"]);
    expect(life.ad()).toMatchObject({ submissions: [{ phase: { kind: "overdue" } }], wish: { state: "ended" } });
  });

  it("is not overdue by the clock alone: while nothing can be read, nobody knows", () => {
    const life = calling();
    life.reply(accepted);
    pass(life, 10 * 60 * minute);
    expect([life.phase(), life.tellings()]).toEqual(["answered", []]);
    life.look();
    expect([life.phase(), life.tellings()]).toEqual(["overdue", ["AdStalled"]]);
  });

  it.each<[string, Snapshot, string]>([
    ["that there is none", { kind: "absent", taken: false }, "overdue"],
    ["that another dealer's stands there", { kind: "absent", taken: true }, "overdue"],
    ["nothing of it, as a list may", { kind: "unlisted" }, "answered"],
  ])("is judged by a read that says %s: %3$s", (_name, snapshot, phase) => {
    const life = calling();
    life.reply(accepted);
    life.wait(30 * minute);
    life.look(snapshot);
    expect(life.phase()).toBe(phase);
  });

  it("that no list ever shows is overdue after twice the time: rounds only list, and a list says of nothing that it is not there", () => {
    const life = calling();
    life.reply(accepted);
    life.wait(60 * minute - 1);
    life.look({ kind: "unlisted" });
    expect([life.phase(), life.tellings()]).toEqual(["answered", []]);
    life.wait(1);
    life.look({ kind: "unlisted" });
    expect([life.phase(), life.tellings()]).toEqual(["overdue", ["AdStalled"]]);
  });

  it("counts from the first line of ours in the log where no 2xx came, never from the intent", () => {
    const life = calling();
    life.reply(inDoubt);
    life.wait(20 * minute);
    life.observe(working);
    life.wait(30 * minute - 1);
    life.observe(working);
    expect(life.phase()).toBe("answered");
    life.wait(1);
    life.observe(working);
    expect(life.phase()).toBe("overdue");
  });

  it("whose log has only just moved gets six minutes for it to come to rest, an hour in all", () => {
    const life = calling();
    life.reply(accepted);
    const changes: string[] = [];
    for (let minutes = 0; minutes < 60; minutes += 5) {
      changes.push(`r1 handle_media processing @${minutes}`);
      life.observe(log("r1 create processing", ...changes));
      expect([minutes, life.phase()]).toEqual([minutes, "answered"]);
      life.wait(5 * minute);
    }
    life.observe(log("r1 create processing", ...changes));
    expect(life.phase()).toBe("overdue");
    const quiet = calling();
    quiet.reply(accepted);
    quiet.wait(29 * minute);
    quiet.observe(working);
    quiet.wait(6 * minute - 1);
    quiet.observe(working);
    expect(quiet.phase()).toBe("answered");
    quiet.wait(1);
    quiet.observe(working);
    expect(quiet.phase()).toBe("overdue");
  });

  it("is told once, and reading the same again changes nothing but the time of the read", () => {
    const life = calling();
    life.reply(accepted);
    life.stall();
    const { listings: _before, ...before } = life.ad();
    life.wait(10 * 60 * minute);
    life.look();
    const { listings: _after, ...after } = life.ad();
    expect(after).toEqual(before);
  });

  it("is not judged by a read of another listing of its item", () => {
    const { life, listingId } = formerAlive();
    expect(life.step()).toMatchObject({ call: { call: "delete", listingId } });
    life.reply(accepted);
    life.wait(60 * minute);
    life.observe(published("n1"));
    expect(life.phase()).toBe("answered");
  });

  it("tells a late result as usual, without a second receipt", () => {
    const life = calling();
    life.reply(accepted);
    life.stall();
    life.observe(published());
    expect(life.tellings()).toEqual(["AdStalled", "AdPublished"]);
    expect(life.receipts()).toEqual(["1 failed stalled"]);
    expect(life.ad().submissions).toEqual([]);
  });

  it("stays possibly held: the next write nulls what it had and the wish hasn't", () => {
    const life = startLife();
    life.publish();
    life.want("2", car(2, { video_url: "https://a.example/v" }));
    life.step();
    life.reply(accepted);
    life.stall();
    life.want("3", car(3));
    expect(life.step()).toMatchObject({ kind: "write", call: { call: "put", body: { video_url: null } } });
  });

  it("that a removal overtook is superseded then, without a word", () => {
    const life = calling();
    life.reply(accepted);
    life.remove("2");
    life.wait(minute);
    life.step();
    life.reply(accepted);
    life.wait(29 * minute);
    life.look();
    expect([life.receipts(), life.tellings()]).toEqual([["1 superseded newer-wish"], []]);
    expect(life.ad().submissions).toMatchObject([{ number: 2, phase: { kind: "answered" } }]);
  });

  it("and is a removal frees the next removal", () => {
    const life = startLife();
    life.publish();
    life.remove("2");
    life.step();
    life.reply(accepted);
    life.stall();
    life.remove("3");
    expect(life.step()).toMatchObject({ kind: "write", call: { call: "delete" } });
    life.reply(accepted);
    life.forgetTold();
    const both = [...published(), ...deleted("r2"), ...deleted("r3", 200)];
    life.observeAtRest(both, { state: "deleted" });
    expect(life.receipts()).toEqual(["3 applied absent"]);
    expect(life.ad().submissions).toEqual([]);
  });
});

describe("a write that was never answered", () => {
  it("is told after half an hour by the clock alone, but stays open, and its receipt with it", () => {
    const life = calling();
    life.reply(notMade(60 * minute));
    pass(life, 30 * minute - 1);
    expect(life.tellings()).toEqual([]);
    pass(life, 1);
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

  it("is told once, though it is answered and overdue later", () => {
    const life = calling();
    life.reply(inDoubt);
    pass(life, 31 * minute);
    life.observe(working);
    life.wait(31 * minute);
    life.observe(working);
    expect(life.phase()).toBe("overdue");
    expect(life.tellings()).toEqual(["AdStalled"]);
    expect(life.receipts()).toEqual(["1 failed stalled"]);
  });
});
