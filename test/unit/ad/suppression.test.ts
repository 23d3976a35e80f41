import { describe, expect, it } from "vitest";
import { accepted, car, deleted, hiddenCar, inDoubt, log, minute, published, startLife } from "./ad-life.ts";
import { inPhase, short } from "./in-phase.ts";

describe("suppression", () => {
  const seen = [...published(), ...log("r2 update processing @10", "r2 update done @11")];

  it("of a document that was published clean", () => {
    const life = startLife();
    life.publish();
    life.want("2");
    expect(short(life.step())).toBe("none");
    expect(life.receipts()).toEqual(["2 suppressed unchanged"]);
    expect(life.ad().wish?.state).toBe("ended");
  });

  it("of a hidden one that ended well", () => {
    const life = startLife();
    life.want("1", hiddenCar);
    life.step();
    life.reply(accepted);
    life.observeAtRest(log("r1 create processing", "r1 create done"), { blocketAdId: null });
    life.want("2", hiddenCar);
    expect(short(life.step())).toBe("none");
    expect(life.receipts()).toEqual(["1 applied hidden", "2 suppressed unchanged"]);
  });

  it("of a removal after one that found nothing to delete", () => {
    const life = startLife();
    life.remove("1");
    life.step();
    life.reply({ kind: "not-found" });
    life.remove("2");
    expect(short(life.step())).toBe("none");
    expect(life.receipts()).toEqual(["1 applied absent", "2 suppressed already-absent"]);
  });

  it("never of a wish that a watch found not to be there, however clean it ended", () => {
    const life = startLife();
    life.want("1");
    life.step();
    life.reply(accepted);
    const errored = log("r1 create done", "r1 publish error");
    life.observe(errored);
    life.want("2");
    life.step();
    life.reply(accepted);
    const shown = [...errored, ...published("r2", "update", 10)];
    life.observeAtRest(shown);
    expect(life.ad().settled?.clean).toBe(true);
    life.wait(10 * minute);
    life.observe(shown, { fields: { body: "Another car." } });
    expect(short(life.step())).toBe("put");
  });

  it("of a removal of what is gone already", () => {
    const life = startLife();
    life.publish();
    life.remove("2");
    life.step();
    life.reply(accepted);
    life.observe([...published(), ...deleted()], { state: "deleted" });
    life.remove("3");
    expect(short(life.step())).toBe("none");
    expect(life.receipts()).toContain("3 suppressed already-absent");
  });

  it.each<[string, (life: ReturnType<typeof startLife>) => void]>([
    ["refused", (life) => life.reply({ kind: "refused", errors: [] })],
    [
      "published with a warning",
      (life) => {
        life.reply(accepted);
        life.observe([...log("r1 handle_media error @1"), ...published()]);
      },
    ],
    [
      "published without an id",
      (life) => {
        life.reply(accepted);
        life.observeAtRest(published(), { blocketAdId: null });
      },
    ],
    [
      "errored",
      (life) => {
        life.reply(accepted);
        life.observe(log("r1 create done", "r1 publish error"));
      },
    ],
    [
      "in doubt on the way",
      (life) => {
        life.reply(inDoubt);
        life.observeAtRest(published());
      },
    ],
    [
      "stalled",
      (life) => {
        life.reply(accepted);
        life.stall();
      },
    ],
  ])("never after an outcome that was %s: the same document is sent again", (_name, end) => {
    const life = startLife();
    life.want("1");
    life.step();
    end(life);
    life.want("2");
    expect(["post", "put"]).toContain(short(life.step()));
  });

  it("never of a removal that was in doubt before its 404", () => {
    const life = startLife();
    life.remove("1");
    life.step();
    life.reply(inDoubt);
    for (const _read of [1, 2]) {
      life.wait(20_000);
      life.step();
      life.readBack({ kind: "absent", taken: false });
    }
    life.wait(minute);
    life.step();
    life.reply({ kind: "not-found" });
    life.step();
    life.readBack({ kind: "absent", taken: false });
    expect(life.receipts()).toEqual(["1 applied absent"]);
    life.remove("2");
    expect(short(life.step())).toBe("delete");
  });

  it("never while an overdue write of the listing may still land", () => {
    const life = startLife();
    life.publish();
    life.want("2", car(2));
    life.step();
    life.reply(accepted);
    life.stall();
    life.want("3", car(1));
    life.step();
    life.reply(accepted);
    life.observe(seen);
    life.want("4", car(1));
    expect(life.step().kind).toBe("none");
    expect(life.receipts()).not.toContain("4 suppressed unchanged");
  });

  it("never of a removal while a document is under way, though the listing before was removed clean", () => {
    const life = startLife();
    life.publish();
    life.remove("2");
    life.step();
    life.reply(accepted);
    life.observe([...published(), ...deleted()], { state: "deleted" });
    life.want("3");
    expect(short(life.step())).toBe("post");
    life.reply(accepted);
    life.remove("4");
    life.wait(minute);
    expect(short(life.step())).toBe("delete");
    expect(life.receipts()).toEqual(["2 applied absent"]);
  });

  it("of a write that was stalled and then ended clean after all", () => {
    const life = inPhase.overdue();
    life.observe(published());
    life.want("2");
    expect(short(life.step())).toBe("none");
    expect(life.receipts()).toContain("2 suppressed unchanged");
  });

  it("never of a removal whose 404 left a POST in doubt behind: that may yet land", () => {
    const life = inPhase.doubt();
    life.remove("2");
    life.wait(minute);
    expect(short(life.step())).toBe("delete");
    life.reply({ kind: "not-found" });
    life.remove("3");
    expect(short(life.step())).toBe("delete");
  });
});

describe("a DELETE that finds nothing, though the listing was alive when last seen", () => {
  it("is no clean end: the next removal goes out again, and the listing is watched", () => {
    const life = startLife();
    life.publish();
    life.remove("2");
    life.step();
    life.reply({ kind: "not-found" });
    expect(life.receipts()).toEqual(["2 applied absent"]);
    expect(life.ad()).toMatchObject({ settled: { clean: false }, listings: [{ watchedSince: life.now() }] });
    life.remove("3");
    expect(short(life.step())).toBe("delete");
  });

  it("is made again when the listing turns up alive", () => {
    const life = startLife();
    life.publish();
    life.remove("2");
    life.step();
    life.reply({ kind: "not-found" });
    life.wait(10 * minute);
    life.observe(published());
    expect(short(life.step())).toBe("delete");
  });
});

describe("a wish for a document", () => {
  it("goes out after a clean removal, though a read has shown the listing alive since", () => {
    const life = startLife();
    life.publish();
    life.remove("2");
    life.step();
    life.reply(accepted);
    life.observe([...published(), ...deleted()], { state: "deleted" });
    expect(life.ad().settled).toMatchObject({ outcome: "absent", clean: true });
    life.observe([...published(), ...deleted(), ...log("stranger update done @200")]);
    life.want("3");
    expect(short(life.step())).toBe("put");
  });
});

describe("a wish equal to the last clean outcome", () => {
  it("goes out when a read has shown the listing deleted since", () => {
    const life = startLife();
    life.publish();
    life.observe([...published(), ...deleted("foreign")], { state: "deleted" });
    life.want("2");
    expect(short(life.step())).toBe("post");
  });
});
