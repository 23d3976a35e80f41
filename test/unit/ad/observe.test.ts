import { describe, expect, it } from "vitest";
import { accepted, boat, car, deleted, inDoubt, log, minute, published, second, startLife } from "./ad-life.ts";
import { formerAlive, inPhase, short } from "./in-phase.ts";

const otherPlate = car(1, { category_fields: { model_year: 2020, registration_number: "XYZ789" } });

describe("a read", () => {
  it("of a listing that is no longer on record changes nothing", () => {
    const life = inPhase.answered();
    const before = life.ad();
    life.observe(published(), { listingId: "another" });
    expect(life.ad()).toEqual(before);
  });

  it("that nobody watches for repairs nothing", () => {
    const life = startLife();
    life.publish();
    life.observe(published(), { fields: { body: "Another car." } });
    expect(short(life.step())).toBe("none");
  });

  it.each([
    ["shows another plate: the document with it is no correction any more", "xyz 789", "put"],
    ["shows none: the one that was sent counts", null, "validate"],
  ])("that %s", (_name, plate, expected) => {
    const life = startLife();
    life.publish();
    life.observe(published(), { plate });
    life.want("2", otherPlate);
    expect(short(life.step())).toBe(expected);
  });
});

describe("a DELETE in doubt whose row reads as deleted", () => {
  const inferred = () => {
    const life = startLife();
    life.publish("1", boat());
    life.remove("2");
    life.step();
    life.reply(inDoubt);
    life.wait(20 * second);
    life.step();
    life.readBack(life.row(published(), { state: "deleted" }));
    expect(life.phase()).toBe("answered");
    return life;
  };

  it("is in doubt again when the row is alive after all", () => {
    const life = inferred();
    life.observe(published());
    expect(life.ad().submissions).toMatchObject([{ phase: { kind: "doubt", reads: 0, nextReadAt: life.now() } }]);
  });

  it("is taken for made as long as the row stays deleted, or shows its request", () => {
    const life = inferred();
    life.observe(published(), { state: "deleted" });
    expect(life.phase()).toBe("answered");
    life.observe([...published(), ...deleted().slice(0, 1)]);
    expect(life.phase()).toBe("answered");
  });

  it("is not put in doubt by another listing that is alive", () => {
    const { life, listingId, formerLog } = formerAlive();
    life.step();
    life.reply(inDoubt);
    life.wait(20 * second);
    life.step();
    life.readBack(life.row(formerLog, { listingId, state: "deleted" }));
    expect(life.phase()).toBe("answered");
    life.observe(published("n1"));
    expect(life.phase()).toBe("answered");
  });

  it("stays overdue once it is", () => {
    const life = inferred();
    life.stall();
    expect(life.phase()).toBe("overdue");
    life.observe(published());
    expect(life.phase()).toBe("overdue");
  });
});

describe("a write whose request the log shows", () => {
  it("was taken, though two reads found no trace of it and it waits to be made again", () => {
    const life = inPhase.doubt();
    for (const pause of [20 * second, 10 * second]) {
      life.wait(pause);
      life.step();
      life.readBack({ kind: "absent", taken: false });
    }
    expect(life.phase()).toBe("ready");
    life.observe(log("r1 create processing"));
    life.wait(minute);
    expect([life.phase(), short(life.step())]).toEqual(["answered", "none"]);
  });
});

describe("a write that left no trace in a row that is alive", () => {
  it("stays answered when a removal overtook it", () => {
    const life = inPhase.doubt();
    life.remove("2");
    life.wait(minute);
    life.step();
    life.reply(accepted);
    life.observe([]);
    expect(life.ad().submissions.map(({ phase }) => phase.kind)).toEqual(["answered", "answered"]);
  });

  it("stays answered when it is a DELETE that was accepted after a doubt", () => {
    const life = startLife();
    life.publish();
    life.remove("2");
    life.step();
    life.reply(inDoubt);
    for (const pause of [20 * second, 10 * second]) {
      life.wait(pause);
      life.step();
      life.readBack(life.row(published()));
    }
    life.wait(minute);
    life.step();
    life.reply(accepted);
    life.observe(published());
    expect(life.phase()).toBe("answered");
  });
});

describe("a listing under an id of ours", () => {
  it("has no fields of a former life to clear", () => {
    const life = inPhase.answered();
    life.observe(published(), { fields: { video_url: "https://a.example/v" } });
    life.want("2", car(2));
    const action = life.step();
    expect(short(action)).toBe("put");
    expect(action.kind === "write" && action.call.body).not.toHaveProperty("video_url");
  });
});

describe("a listing under an id that the source chose", () => {
  const asked = () => {
    const life = startLife();
    life.want("1", car(), { listingIds: "item-id" });
    life.step();
    return life;
  };

  it("that was there before us has fields of that life cleared, and its log is not ours", () => {
    const life = asked();
    life.readBack(life.row(published("old"), { fields: { video_url: "https://a.example/v", id: 7 } }));
    expect([life.tellings(), life.phase()]).toEqual([[], "ready"]);
    const action = life.step();
    expect(action).toMatchObject({ kind: "write", call: { call: "put", body: { video_url: null } } });
    expect(action.kind === "write" && action.call.body).not.toHaveProperty("id");
  });

  it("that was not there has a creation of ours in its log, though its POST is in doubt", () => {
    const life = asked();
    life.readBack({ kind: "absent", taken: false });
    life.step();
    life.reply(inDoubt);
    life.observe(published());
    expect(life.tellings()).toEqual(["AdPublished"]);
  });

  it("that was not there is ours once it was accepted, whatever plate it shows", () => {
    const life = asked();
    life.readBack({ kind: "absent", taken: false });
    life.step();
    life.reply(accepted);
    life.observe(published(), { plate: null });
    expect([life.tellings(), life.receipts()]).toEqual([["AdPublished"], ["1 applied published"]]);
  });

  it("that was not there has no fields of a former life to clear", () => {
    const life = asked();
    life.readBack({ kind: "absent", taken: false });
    life.step();
    life.reply(accepted);
    life.observe(published(), { fields: { video_url: "https://a.example/v" } });
    life.want("2", car(2), { listingIds: "item-id" });
    const action = life.step();
    expect(short(action)).toBe("put");
    expect(action.kind === "write" && action.call.body).not.toHaveProperty("video_url");
  });

  it("that was not there is ours, though all that is left of its POST in doubt is its removal", () => {
    const life = asked();
    life.readBack({ kind: "absent", taken: false });
    life.step();
    life.reply(inDoubt);
    life.remove("2", "item-id");
    life.wait(minute);
    expect(short(life.step())).toBe("delete");
    life.reply(accepted);
    life.observe([...published(), ...deleted()], { state: "deleted", plate: null });
    expect(life.tellings()).toEqual(["AdPublished", "AdDeleted"]);
  });

  it("that came between the look and the POST may have had a life before us, and is looked up again", () => {
    const life = asked();
    life.readBack({ kind: "absent", taken: false });
    life.step();
    life.reply({ kind: "exists", errors: [] });
    life.step();
    life.readBack({ kind: "absent", taken: true });
    expect(life.receipts()).toEqual(["1 failed refused"]);
    life.remove("2", "item-id");
    expect(short(life.step())).toBe("get");
  });

  it.each(["look-up", "exists-check"])("that a %s found to be another car's is deleted by no removal", (how) => {
    const life = asked();
    const stranger = () => life.row(published("x"), { plate: "XYZ999" });
    if (how === "exists-check") {
      life.readBack({ kind: "absent", taken: false });
      life.step();
      life.reply({ kind: "exists", errors: [] });
      life.step();
    }
    life.readBack(stranger());
    life.remove("2", "item-id");
    expect(short(life.step())).toBe("get");
    life.readBack(stranger());
    expect(life.receipts()).toEqual(["1 failed refused", "2 applied absent"]);
    expect(life.ad().listings).toMatchObject([{ seen: false, blocketAdId: null }]);
  });

  it("that was another car's and is ours by the next document is that", () => {
    const life = asked();
    life.readBack(life.row([], { plate: "XYZ999" }));
    life.want("2", car(1, { category_fields: { model_year: 2020, registration_number: "XYZ999" } }));
    life.step();
    life.readBack(life.row([], { plate: "XYZ999" }));
    life.remove("3", "item-id");
    life.wait(minute);
    expect(short(life.step())).toBe("delete");
  });

  it("is not looked up again once it was accepted, or seen", () => {
    const life = asked();
    life.readBack({ kind: "absent", taken: false });
    life.step();
    life.reply(accepted);
    life.remove("2", "item-id");
    life.wait(minute);
    expect(short(life.step())).toBe("delete");
  });
});

describe("a POST that found its id taken", () => {
  it("created nothing: a creation in the log is somebody else's, unless an attempt before it was in doubt", () => {
    const life = inPhase["exists-check"]();
    life.step();
    life.readBack(life.row(published("x")));
    expect([life.tellings(), short(life.step())]).toEqual([[], "put"]);
  });
});
