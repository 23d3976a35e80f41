import { describe, expect, it } from "vitest";
import type { LogEntry, Row } from "#shared/ad/marketplace.ts";
import { accepted, boat, car, deleted, inDoubt, log, minute, notMade, published, startLife } from "./ad-life.ts";
import { formerAlive, short } from "./in-phase.ts";

type Life = ReturnType<typeof startLife>;
const other: Partial<Row> = { fields: { body: "Another car." } };
const hour = 60 * minute;

/** Answers each write with the same wrong row, until nothing more is planned; what was planned comes back. */
function persist(life: Life, entries: LogEntry[], fields: Partial<Row>): string[] {
  const planned: string[] = [];
  for (let round = 0; round < 10; round += 1) {
    const action = short(life.step());
    planned.push(action);
    if (action === "none") {
      break;
    }
    life.reply(accepted);
    entries.push(...published(`n${entries.length}`, action === "post" ? "create" : "update", 10 * entries.length));
    life.observeAtRest(entries, fields);
  }
  return planned;
}

describe("a reduced price", () => {
  const reduced = { type: "reduced" as const, amount: 80_000 };

  it.each([
    ["beside a list price", [{ type: "list" as const, amount: 100_000 }, reduced], [{ type: "list", amount: 100_000 }]],
    ["alone", [reduced], undefined],
  ])("%s is left out of the POST and comes with the PUT after it, whatever the row shows", (_name, price, sent) => {
    const life = startLife();
    life.want("1", car(0, { price }));
    const post = life.step();
    expect(post).toMatchObject({ call: { call: "post", body: { price: sent } } });
    life.reply(accepted);
    life.observe(published());
    expect(life.receipts()).toEqual([]);
    expect(life.step()).toMatchObject({ call: { call: "put", body: { price } } });
    life.reply(accepted);
    life.observe([...published(), ...published("r2", "update", 10)]);
    expect(life.receipts()).toEqual(["1 applied published"]);
    life.want("2", car(0, { price }));
    expect(short(life.step())).toBe("none");
    expect(life.receipts()).toEqual(["1 applied published", "2 suppressed unchanged"]);
  });
});

describe("a row that shows another document when its write settles", () => {
  it("gets it again, three times at most; then that is told as drift", () => {
    const life = startLife();
    life.want("1");
    const planned = persist(life, [], other);
    expect(planned).toEqual(["post", "put", "put", "put", "none"]);
    expect(life.tellings().slice(0, 5)).toEqual([...Array(4).fill("AdPublished"), "AdErrored"]);
    const message = "The marketplace keeps showing something else than what was sent.";
    expect(life.told()[4]).toMatchObject({
      data: { stage: "drift", errors: [{ code: "drift", pointer: null, message }] },
      metadata: { correlationId: "1" },
    });
    expect(life.receipts()).toEqual(["1 failed drift"]);
    expect(life.ad()).toMatchObject({ wish: { state: "ended" }, settled: { outcome: "errored", clean: false } });
  });

  it("gets one receipt when a repair has brought it right", () => {
    const life = startLife();
    life.want("1");
    life.step();
    life.reply(accepted);
    life.observe(published(), other);
    expect(life.receipts()).toEqual([]);
    expect(short(life.step())).toBe("put");
    life.reply(accepted);
    life.observeAtRest([...published(), ...published("r2", "update", 10)]);
    expect(life.receipts()).toEqual(["1 applied published"]);
  });

  it("is left alone while a newer wish waits", () => {
    const life = startLife();
    life.want("1");
    life.step();
    life.reply(accepted);
    life.want("2", car(2));
    life.observe(published(), other);
    expect(life.receipts()).toEqual(["1 applied published"]);
    expect(life.step()).toMatchObject({ call: { call: "put", body: { price: car(2).ad.price } } });
    expect(life.ad().wish?.repairs).toBe(0);
  });

  it("counts from nothing for the next wish", () => {
    const life = startLife();
    life.want("1");
    const entries: LogEntry[] = [];
    persist(life, entries, other);
    life.forgetTold();
    life.want("2", car(2));
    expect(persist(life, entries, other)).toEqual(["put", "put", "put", "put", "none"]);
    expect(life.receipts()).toEqual(["2 failed drift"]);
  });
});

describe("a watch that finds another document", () => {
  /** A publish after a doubt: watched. */
  const watched = (document = car()) => {
    const life = startLife();
    life.want("1", document);
    life.step();
    life.reply(inDoubt);
    life.observeAtRest(published(), { plate: null, vin: null });
    life.observeAtRest(published());
    life.forgetTold();
    return life;
  };

  it("has it sent again without another receipt", () => {
    const life = watched();
    life.wait(10 * minute);
    life.observe(published(), other);
    expect(short(life.step())).toBe("put");
    life.reply(accepted);
    life.observeAtRest([...published(), ...published("r2", "update", 10)]);
    expect([life.tellings(), life.receipts()]).toEqual([["AdPublished"], []]);
  });

  it.each<[string, ReturnType<typeof car>, string[]]>([
    ["a hidden document in doubt", car(1, { visible: false }), ["r1 create done"]],
    ["a document without a publish", car(), ["r1 create done"]],
    ["a document whose publish failed", car(), ["r1 create done", "r1 publish error"]],
  ])("has it sent again that ended as %s", (_name, document, lines) => {
    const life = startLife();
    life.want("1", document);
    life.step();
    life.reply(inDoubt);
    life.observeAtRest(log(...lines));
    expect(life.ad().submissions).toEqual([]);
    life.wait(10 * minute);
    life.observe(log(...lines), other);
    expect(short(life.step())).toBe("put");
  });

  it("deletes again what is alive under no ad", () => {
    const life = startLife();
    life.publish("1", boat());
    life.remove("2");
    life.step();
    life.reply(inDoubt);
    const gone = [...published(), ...deleted()];
    life.observeAtRest(gone, { state: "deleted" });
    expect(life.receipts()).toEqual(["2 applied absent"]);
    life.wait(10 * minute);
    life.observe(gone);
    expect(short(life.step())).toBe("delete");
  });

  it("of a listing that was deleted begins the next generation, or revives", () => {
    for (const [document, expected] of [
      [car(), "post"],
      [boat(), "put"],
    ] as const) {
      const life = watched(document);
      life.wait(10 * minute);
      life.observe([...published(), ...deleted("stranger")], { state: "deleted" });
      expect(short(life.step())).toBe(expected);
    }
  });

  it("tells drift once, when three repairs have not helped", () => {
    const life = watched();
    const entries = published();
    for (let repairs = 0; repairs < 3; repairs += 1) {
      life.wait(10 * minute);
      life.observe(entries, other);
      expect(short(life.step())).toBe("put");
      life.reply(inDoubt);
      entries.push(...published(`n${repairs}`, "update", 100 * (repairs + 1)));
      life.observeAtRest(entries);
    }
    for (const time of [10 * minute, hour, 6 * hour]) {
      life.wait(time);
      life.observe(entries, other);
      expect(short(life.step())).toBe("none");
    }
    expect(life.told().filter(({ data }) => "stage" in data && data.stage === "drift")).toHaveLength(1);
    expect([life.receipts(), life.ad().settled?.clean]).toEqual([[], false]);
  });

  it("does not tell drift again that was told as its write settled", () => {
    const life = startLife();
    life.want("1");
    const entries: LogEntry[] = [];
    persist(life, entries, other);
    for (const time of [10 * minute, hour, 6 * hour]) {
      life.wait(time);
      life.observe(entries, other);
      expect(short(life.step())).toBe("none");
    }
    expect(life.told().filter(({ data }) => "stage" in data && data.stage === "drift")).toHaveLength(1);
  });

  it("is left alone while a charged call is open", () => {
    const life = watched();
    life.charge("b");
    expect(short(life.step())).toBe("bump");
    life.reply(accepted);
    life.wait(10 * minute);
    life.observe(published(), other);
    expect(life.ad().wish?.state).toBe("ended");
  });

  it("has nothing to compare after a refusal", () => {
    const life = watched();
    life.want("2", car(2));
    life.step();
    life.reply({ kind: "refused", errors: [] });
    life.step();
    life.readBack(life.row(published()));
    life.wait(hour);
    life.observe(published(), other);
    expect(short(life.step())).toBe("none");
  });
});

describe("a listing of an earlier generation that turns out alive", () => {
  it("is deleted again, three times at most, beside the living one", () => {
    const life = startLife();
    life.publish();
    life.remove("2");
    life.step();
    life.reply(inDoubt);
    const gone = [...published(), ...deleted()];
    life.observeAtRest(gone, { state: "deleted" });
    life.want("3");
    life.step();
    life.reply(accepted);
    life.observe(published("n1"));
    const [old] = life.ad().listings;
    const listingId = old?.id ?? "";
    life.forgetTold();
    const planned: string[] = [];
    for (let round = 0; round < 5; round += 1) {
      life.wait(10 * minute);
      life.observe(gone, { listingId });
      const action = life.step();
      planned.push(short(action));
      if (action.kind !== "write") {
        continue;
      }
      expect(action.call.listingId).toBe(listingId);
      life.reply(accepted);
      gone.push(...deleted(`again-${round}`, 200 * (round + 1)));
      life.observe(gone, { listingId, state: "deleted" });
    }
    expect(planned).toEqual(["delete", "delete", "delete", "none", "none"]);
    expect(life.receipts()).toEqual([]);
    expect(life.ad().wish).toMatchObject({ state: "ended", event: { id: "3" } });
    life.want("4");
    expect(short(life.step())).toBe("none");
    expect(life.receipts()).toEqual(["4 suppressed unchanged"]);
  });

  it("is not forgotten for a newer wish when its DELETE was surely not made", () => {
    const { life, listingId } = formerAlive();
    expect(life.step()).toMatchObject({ call: { call: "delete", listingId } });
    life.reply(notMade(minute));
    life.want("4", car(4));
    expect(short(life.step())).toBe("none");
    life.wait(minute);
    expect(life.step()).toMatchObject({ call: { call: "delete", listingId } });
  });

  it("is not taken for deleted because the present one is", () => {
    const { life, listingId } = formerAlive();
    life.step();
    life.reply(accepted);
    for (const _read of [1, 2]) {
      life.wait(4 * minute);
      life.observe(published("n1"), { state: "deleted" });
    }
    expect(life.ad().submissions).toMatchObject([{ call: "delete", listingId, phase: { kind: "answered" } }]);
  });

  it("whose DELETE is overdue holds up no refusal of a later document, and lets no equal one be suppressed", () => {
    const { life } = formerAlive();
    life.step();
    life.reply(accepted);
    life.wait(60 * minute);
    life.observe(published(), { listingId: life.ad().listings[0]?.id ?? "" });
    expect(life.phase()).toBe("overdue");
    life.forgetTold();
    life.want("4");
    expect(short(life.step())).toBe("put");
    life.reply({ kind: "refused", errors: [] });
    life.step();
    life.readBack(life.row(published("n1")));
    expect(life.receipts()).toEqual(["4 failed refused"]);
  });
});

describe("a write whose result comes after it was told as stalled", () => {
  it("is no clean outcome where the row shows another document: it is watched, and the wish sent again", () => {
    const life = startLife();
    life.want("1");
    life.step();
    life.reply(accepted);
    life.stall();
    expect(life.tellings()).toEqual(["AdStalled"]);
    life.observe(published(), other);
    expect(life.ad()).toMatchObject({ submissions: [], settled: { outcome: "published", clean: false } });
    life.wait(10 * minute);
    life.observe(published(), other);
    expect(short(life.step())).toBe("put");
  });
});
