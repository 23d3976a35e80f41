import { describe, expect, it } from "vitest";
import { accepted, car, deleted, type Life, log, minute, published, startLife } from "./ad-life.ts";
import { short } from "./in-phase.ts";

const numbers = (life: Life) => life.ad().submissions.map(({ number }) => number);

/** A published car that is to change, and the marketplace has taken that. */
function changing(): Life {
  const life = startLife();
  life.publish();
  life.want("2", car(2));
  life.step();
  life.reply(accepted);
  return life;
}

describe("a removal beside a charged call that was accepted", () => {
  it("ends at once and clean, and the charged call still ends as the log says", () => {
    const life = startLife();
    life.publish();
    life.charge("b");
    life.step();
    life.reply(accepted);
    life.remove("2");
    life.wait(minute);
    expect(short(life.step())).toBe("delete");
    life.reply(accepted);
    const gone = [...published(), ...deleted()];
    life.observe(gone, { state: "deleted" });
    expect([life.receipts(), life.ad().settled]).toMatchObject([["2 applied absent"], { clean: true }]);
    life.observe([...gone, ...log("r3 bump done @99")], { state: "deleted" });
    expect([life.receipts(), numbers(life)]).toEqual([["2 applied absent", "b applied charged"], []]);
    expect(life.tellings()).toEqual(["AdDeleted", "AdBumped"]);
  });
});

describe("a document after a charged call that has failed", () => {
  it.each([
    ["bump", "bump"],
    ["pole_position", "boost"],
  ] as const)("of the kind %s ends at once, and only its own fields are held", (call, root) => {
    const life = startLife();
    life.publish("1", car(1, { video_url: "https://a.example/v" }));
    life.charge("b", call);
    life.step();
    life.reply(accepted);
    const failed = [...published(), ...log(`r2 ${root} error @50`)];
    life.observe(failed);
    expect(life.ad().listings).toMatchObject([{ past: [{ call }] }]);
    life.want("2", car(2));
    life.step();
    life.reply(accepted);
    life.observe([...failed, ...published("r3", "update", 60)]);
    expect(life.receipts()).toContain("2 applied published");
    expect(life.ad().listings[0]?.held).not.toContain("/video_url");
  });
});

describe("a document whose listing reads as deleted", () => {
  it("has not ended while the log says nothing of it, however long", () => {
    const life = changing();
    for (let minutes = 0; minutes < 29; minutes += 1) {
      life.observe(published(), { state: "deleted" });
      expect([life.phase(), life.receipts()]).toEqual(["answered", []]);
      life.wait(minute);
    }
  });
});

describe("an overdue write that ends after all", () => {
  it("does not wait for another one that is at work", () => {
    const life = changing();
    life.stall();
    life.want("3", car(3));
    life.step();
    life.reply(accepted);
    const atWork = log("r3 update processing @20");
    life.observe([...published(), ...published("r2", "update", 10), ...atWork]);
    expect(numbers(life)).toEqual([3]);
    expect(life.tellings()).toContain("AdPublished");
  });
});
