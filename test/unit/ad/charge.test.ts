import { describe, expect, it } from "vitest";
import type { Reply } from "#shared/ad/marketplace.ts";
import { nextDueAt } from "#shared/ad/pace.ts";
import { passTime } from "#shared/ad/pass-time.ts";
import {
  accepted,
  car,
  deleted,
  failedRead,
  inDoubt,
  log,
  minute,
  notMade,
  published,
  refusal,
  second,
  startLife,
} from "./ad-life.ts";
import { inPhase, short } from "./in-phase.ts";

type Life = ReturnType<typeof startLife>;
const hour = 60 * minute;

/** A published car. */
function live(): Life {
  const life = startLife();
  life.publish();
  return life;
}

/** A bump that has just gone out for it. */
function bumping(): Life {
  const life = live();
  life.charge("b");
  expect(short(life.step())).toBe("bump");
  return life;
}

/** Everything that is planned in a day, a step each minute, while every read fails. */
function plannedInADay(life: Life): string[] {
  const planned: string[] = [];
  for (let minutes = 0; minutes < 24 * 60; minutes += 1) {
    life.wait(minute);
    const action = life.step();
    planned.push(short(action));
    if (action.kind === "read") {
      life.readBack(failedRead());
    }
  }
  return planned.filter((action) => action !== "none");
}

describe("a request for a charged call", () => {
  it("has a receipt that says so, whatever becomes of it, for it is kept for ever", () => {
    const life = bumping();
    life.reply({ kind: "refused", errors: refusal });
    life.charge("c");
    life.remove("2");
    const receipts = life.ad().outbox.flatMap((row) => (row.kind === "receipt" ? [row.receipt] : []));
    expect(receipts.map(({ eventId, ofCharge }) => [eventId, ofCharge])).toEqual([
      ["b", true],
      ["c", true],
    ]);
    life.publish("3");
    life.want("4", car(4));
    life.want("5", car(5));
    expect(life.ad().outbox.at(-1)).not.toHaveProperty("receipt.ofCharge");
  });

  it.each([
    ["bump", "r2 bump"],
    ["pole_position", "r2 boost"],
  ] as const)("of %s goes out once, with its intent stored, and settles by its own action", (call, root) => {
    const life = live();
    life.charge("b", call);
    const action = life.step();
    expect(action).toMatchObject({
      kind: "charge",
      call: { call, listingId: life.ad().listings[0]?.id, attemptId: "attempt-2", callUntil: life.now() + 10 * second },
    });
    expect(life.ad()).toMatchObject({
      charges: [],
      submissions: [{ purpose: "charge", call, want: null, owes: true }],
    });
    life.reply(accepted);
    life.observe([...published(), ...log(`${root} processing @50`)]);
    expect(life.receipts()).toEqual([]);
    life.observe([...published(), ...log(`${root} processing @50`, `${root} done @51`)]);
    expect(life.tellings()).toEqual([call === "bump" ? "AdBumped" : "AdPolePositioned"]);
    expect(life.receipts()).toEqual(["b applied charged"]);
    expect([life.ad().submissions, short(life.step())]).toEqual([[], "none"]);
  });

  it("that the marketplace's log calls an error is told as one, and is not made again", () => {
    const life = bumping();
    life.reply(accepted);
    life.observe([...published(), ...log("r2 bump processing @50", "r2 bump error @51")]);
    expect(life.told()).toMatchObject([{ type: "AdErrored", data: { stage: "bump" } }]);
    expect(life.receipts()).toEqual(["b applied errored"]);
    expect(plannedInADay(life)).not.toContain("bump");
  });

  it.each<[string, string | undefined, string[]]>([
    ["a day old", "2026-01-04T08:00:00.000Z", ["b rejected too-old"]],
    ["a millisecond younger", "2026-01-04T08:00:00.001Z", []],
    ["without a time of its own", undefined, []],
    ["from the future", "2030-01-01T00:00:00.000Z", []],
  ])("%s", (_name, time, receipts) => {
    const life = live();
    life.charge("b", "bump", time === undefined ? {} : { time });
    expect(life.receipts()).toEqual(receipts);
    expect(life.ad().charges).toHaveLength(receipts.length === 0 ? 1 : 0);
  });

  it("that waits for a listing is void after 24 hours, and due then", () => {
    const life = startLife();
    life.charge("b");
    expect(nextDueAt(life.ad(), life.context())).toBe(life.now() + 24 * hour);
    life.wait(24 * hour - 1);
    life.change(passTime(life.ad(), life.context()));
    expect(life.ad().charges).toHaveLength(1);
    life.wait(1);
    life.change(passTime(life.ad(), life.context()));
    expect([life.ad().charges, life.receipts()]).toEqual([[], ["b rejected too-old"]]);
  });

  it("supersedes one of its kind that waits, and only of its kind", () => {
    const life = startLife();
    life.charge("b1", "bump");
    life.charge("p1", "pole_position");
    life.wait(second);
    life.charge("b2", "bump");
    expect(life.receipts()).toEqual(["b1 superseded newer-request"]);
    expect(life.ad().charges.map(({ event }) => event.id)).toEqual(["p1", "b2"]);
  });

  it("that is older than the one that waits is superseded by that", () => {
    const life = startLife();
    life.charge("b2", "bump", { sequence: "2" });
    life.charge("b1", "bump", { sequence: "1" });
    expect(life.receipts()).toEqual(["b1 superseded newer-request"]);
    expect(life.ad().charges.map(({ event }) => event.id)).toEqual(["b2"]);
  });

  it("waits on when one of the other kind is begun", () => {
    const life = live();
    life.charge("b", "bump");
    life.charge("p", "pole_position");
    expect(short(life.step())).toBe("bump");
    expect(life.ad().charges.map(({ event }) => event.id)).toEqual(["p"]);
  });

  it("takes the place of one that is equal to it in every respect", () => {
    const life = startLife();
    life.charge("b1");
    life.charge("b2");
    expect(life.receipts()).toEqual(["b1 superseded newer-request"]);
  });

  it("that was asked for before a removal and comes after it is cancelled, and not made for the next listing", () => {
    const life = live();
    const before = new Date(life.now() - minute).toISOString();
    life.remove("2");
    life.charge("b", "bump", { time: before });
    expect([life.receipts(), life.ad().charges]).toEqual([["b superseded removed"], []]);
    life.charge("c");
    expect(life.ad().charges).toHaveLength(1);
  });

  it("is cancelled by a removal, not by a document", () => {
    const life = startLife();
    life.charge("b", "bump");
    life.charge("p", "pole_position");
    life.want("1");
    expect(life.ad().charges).toHaveLength(2);
    life.remove("2");
    expect(life.ad().charges).toEqual([]);
    expect(life.receipts()).toEqual(["1 superseded newer-wish", "b superseded removed", "p superseded removed"]);
  });

  it("that was not made holds up no document, and is made after it", () => {
    const life = bumping();
    life.reply(notMade());
    life.want("2", car(80_000));
    expect(nextDueAt(life.ad(), life.context())).toBe(life.now());
    expect(short(life.step())).toBe("put");
    life.wait(minute);
    life.reply(accepted);
    expect(short(life.step())).toBe("none");
    life.observeAtRest([...published(), ...published("r2", "update", 50)]);
    expect(life.receipts()).toEqual(["2 applied published"]);
    expect(short(life.step())).toBe("bump");
  });

  it.each<[string, Reply]>([
    ["throttled", notMade(hour)],
    ["refused with its token", { kind: "unauthorized" }],
  ])("that was %s until it is a day old is not made", (_name, reply) => {
    const life = live();
    life.charge("b", "bump", { time: new Date(life.now() - 23.5 * hour).toISOString() });
    expect(short(life.step())).toBe("bump");
    life.reply(reply);
    life.wait(hour);
    expect([short(life.step()), life.receipts()]).toEqual(["none", ["b rejected too-old"]]);
  });

  it("that fell into doubt late gets its half hour from then on", () => {
    const life = bumping();
    life.reply(notMade(40 * minute));
    life.wait(40 * minute);
    expect(short(life.step())).toBe("bump");
    life.reply(inDoubt);
    life.wait(30 * minute);
    life.observe(published());
    expect(life.tellings()).toEqual([]);
    life.wait(minute);
    life.observe(published());
    expect(life.tellings()).toEqual(["AdErrored"]);
  });

  it("that a correction went before is made for the new listing", () => {
    const life = bumping();
    life.reply(notMade(5 * minute));
    const category_fields = { brand: "volvo", model_year: 2020, registration_number: "XYZ999" };
    life.want("2", car(100_000, { category_fields }));
    life.step();
    life.validation({ kind: "valid" });
    expect(short(life.step())).toBe("delete");
    expect(life.ad()).toMatchObject({ charges: [{ call: "bump" }], submissions: [{ call: "delete" }] });
    life.reply(accepted);
    life.observe([...published(), ...deleted()], { state: "deleted" });
    expect(short(life.step())).toBe("post");
    life.reply(accepted);
    life.observe(published("n1", "create", 200), { plate: "XYZ999" });
    const { id, generation } = life.ad().listings.at(-1) ?? {};
    expect(generation).toBe(2);
    expect(life.step()).toMatchObject({ kind: "charge", call: { listingId: id } });
  });

  it("leaves the wish alone, whatever becomes of it", () => {
    const life = live();
    const { wish, settled } = life.ad();
    life.charge("b");
    life.step();
    life.reply({ kind: "refused", errors: refusal });
    expect(life.ad()).toMatchObject({ wish, settled });
  });
});

describe("a charged call waits", () => {
  it.each<[string, () => Life]>([
    ["for a listing that was never seen", () => startLife()],
    ["while a write is open", () => inPhase.answered()],
    [
      "while a write of a seen listing is overdue",
      () => {
        const life = live();
        life.want("2", car(2));
        life.step();
        life.reply(accepted);
        life.stall();
        return life;
      },
    ],
    [
      "behind a wish that is to be begun",
      () => {
        const life = live();
        life.want("2", car(2));
        return life;
      },
    ],
    [
      "for a listing that is deleted",
      () => {
        const life = live();
        life.look(life.row(published(), { state: "deleted" }));
        return life;
      },
    ],
    [
      "for the other one to settle",
      () => {
        const life = live();
        life.charge("p", "pole_position");
        life.step();
        life.reply(accepted);
        return life;
      },
    ],
  ])("%s", (_name, make) => {
    const life = make();
    life.charge("b", "bump");
    expect(short(life.step())).not.toBe("bump");
    expect(life.ad().charges.map(({ event }) => event.id)).toEqual(["b"]);
  });
});

describe("a charged call in doubt", () => {
  const message = "It is not known whether this charged call was made; it is not made again.";

  it("is made at most once, whatever a day of failed reads says", () => {
    for (const reply of [inDoubt, null]) {
      const life = bumping();
      if (reply !== null) {
        life.reply(reply);
      }
      expect(plannedInADay(life)).toEqual([]);
    }
  });

  it("is told as in doubt by the first read half an hour after its lease that shows no trace of it", () => {
    const life = bumping();
    life.reply(inDoubt);
    life.wait(30 * minute + 10 * second - 1);
    life.observe(published());
    expect(life.tellings()).toEqual([]);
    life.wait(1);
    life.step();
    expect(life.tellings()).toEqual([]);
    life.observe(published());
    expect(life.told()).toMatchObject([
      {
        type: "AdErrored",
        metadata: { correlationId: "b" },
        data: { stage: "in-doubt", errors: [{ code: "in-doubt", pointer: null, message }] },
      },
    ]);
    expect(life.receipts()).toEqual(["b failed in-doubt"]);
    expect(life.ad()).toMatchObject({ submissions: [], listings: [{ watchedSince: life.now() }] });
  });

  it("is told as in doubt by the clock alone a day after its lease, however old its request was: no read could be made", () => {
    for (const ageMs of [0, 23.75 * hour]) {
      const life = live();
      life.charge("b", "bump", { time: new Date(life.now() - ageMs).toISOString() });
      expect(short(life.step())).toBe("bump");
      life.reply(inDoubt);
      life.wait(24 * hour + 10 * second - 1);
      life.step();
      expect(life.tellings()).toEqual([]);
      life.wait(1);
      life.step();
      expect([life.tellings(), life.receipts()]).toEqual([["AdErrored"], ["b failed in-doubt"]]);
    }
  });

  it("is not ended by a list that leaves its listing out: what it has done would pass for the next one's", () => {
    const life = bumping();
    life.reply(inDoubt);
    life.wait(31 * minute);
    life.charge("c");
    life.look({ kind: "unlisted" });
    expect([life.tellings(), life.receipts()]).toEqual([[], []]);
    life.observeAtRest([...published(), ...log("r2 bump processing @50", "r2 bump done @51")]);
    expect(life.receipts()).toEqual(["b applied charged"]);
    expect(short(life.step())).toBe("bump");
    life.reply(accepted);
    const ofC = log("r3 bump processing @2000", "r3 bump error @2001");
    life.observeAtRest([...published(), ...log("r2 bump processing @50", "r2 bump done @51"), ...ofC]);
    expect(life.receipts()).toEqual(["b applied charged", "c applied errored"]);
  });

  it("holds the next one up until a read has shown what became of it", () => {
    const life = bumping();
    life.reply(inDoubt);
    life.wait(minute);
    life.charge("c");
    life.wait(hour);
    expect(short(life.step())).toBe("none");
    life.observeAtRest([...published(), ...log("r2 bump processing @50", "r2 bump done @51")]);
    expect(life.receipts()).toEqual(["b applied charged"]);
    expect(short(life.step())).toBe("bump");
  });

  it("is read as any open write meanwhile, and so looked at when it is to be told", () => {
    const life = bumping();
    life.reply(inDoubt);
    for (let minutes = 0; minutes < 30; minutes += 1) {
      life.wait(minute);
      life.observe(published());
      expect(nextDueAt(life.ad(), life.context())).toBeLessThanOrEqual(life.now() + minute);
    }
  });

  it("settles by the log like any other", () => {
    const life = bumping();
    life.reply(inDoubt);
    life.wait(minute);
    life.observeAtRest([...published(), ...log("r2 bump processing @50", "r2 bump done @51")]);
    expect([life.tellings(), life.receipts()]).toEqual([["AdBumped"], ["b applied charged"]]);
    expect(plannedInADay(life)).toEqual([]);
  });

  it("that was told as in doubt and shows up later is told, with the same request behind it", () => {
    const life = bumping();
    life.reply(inDoubt);
    life.wait(31 * minute);
    life.observe(published());
    life.wait(hour);
    life.observe([...published(), ...log("r2 bump processing @50", "r2 bump done @51")]);
    expect(life.told()).toMatchObject([
      { type: "AdErrored" },
      { type: "AdBumped", metadata: { correlationId: "b", causationId: "r2" } },
    ]);
    expect(life.receipts()).toEqual(["b failed in-doubt"]);
  });
});

describe("a charged call that was surely not made", () => {
  it("is made again after its pause", () => {
    const life = bumping();
    life.reply(notMade(20_000));
    expect(short(life.step())).toBe("none");
    life.wait(20_000);
    expect(short(life.step())).toBe("bump");
  });

  it("is superseded by a newer one of its kind, which waits out the pause in its place and is made alone", () => {
    const life = bumping();
    life.reply(notMade(20_000));
    life.charge("b2");
    expect(life.receipts()).toEqual(["b superseded newer-request"]);
    expect(short(life.step())).toBe("none");
    life.wait(20_000);
    expect(short(life.step())).toBe("bump");
    life.reply(accepted);
    life.observeAtRest([...published(), ...log("r9 bump processing @90", "r9 bump done @91")]);
    expect([life.receipts(), short(life.step())]).toEqual([
      ["b superseded newer-request", "b2 applied charged"],
      "none",
    ]);
    expect(life.told()).toMatchObject([{ type: "AdBumped", metadata: { correlationId: "b2" } }]);
  });

  it("is superseded by a newer one that came while it was made", () => {
    const life = bumping();
    life.wait(second);
    life.charge("b2");
    life.reply(notMade(20_000));
    life.wait(second);
    life.charge("b3");
    expect(life.receipts()).toEqual(["b superseded newer-request", "b2 superseded newer-request"]);
    expect([life.ad().submissions.map(({ event }) => event.id), life.ad().charges]).toEqual([["b3"], []]);
  });

  it("is cancelled by a removal that came while it was made", () => {
    const life = bumping();
    life.wait(second);
    life.remove("2");
    life.reply(notMade(20_000));
    expect([life.receipts(), life.ad().charges, short(life.step())]).toEqual([["b superseded removed"], [], "delete"]);
  });

  it("is made again though the removal before it has failed", () => {
    const life = live();
    life.remove("2");
    life.step();
    life.reply({ kind: "refused", errors: refusal });
    life.step();
    life.readBack(life.row(published()));
    life.charge("b");
    expect(short(life.step())).toBe("bump");
    life.reply(notMade());
    life.wait(minute);
    expect(short(life.step())).toBe("bump");
  });

  it("is void a day after it was begun", () => {
    const life = bumping();
    life.reply(notMade(48 * hour));
    life.wait(24 * hour);
    life.step();
    expect([life.receipts(), life.ad().submissions]).toEqual([["b rejected too-old"], []]);
    expect(life.tellings()).toEqual([]);
  });

  it.each([
    ["forbidden", { kind: "forbidden" }],
    ["refused", { kind: "refused", errors: refusal }],
    ["not found", { kind: "not-found" }],
  ] as const)("because it is %s is refused for good", (_name, reply) => {
    const life = bumping();
    life.reply(reply);
    expect(life.told()).toMatchObject([{ type: "AdErrored", data: { stage: "submission" } }]);
    expect(life.receipts()).toEqual(["b failed refused"]);
    expect(plannedInADay(life)).toEqual([]);
  });

  it("because it is forbidden says so in words", () => {
    const life = bumping();
    life.reply({ kind: "forbidden" });
    const message = "The token may not make this charged call.";
    expect(life.told()).toMatchObject([{ data: { errors: [{ code: "forbidden", pointer: null, message }] } }]);
  });
});

describe("a charged call that was accepted and leaves no line in the log", () => {
  const stalled = () => {
    const life = bumping();
    life.reply(accepted);
    life.observe(published());
    life.wait(31 * minute);
    life.observe(published());
    return life;
  };

  it("is told as stalled, and holds up no other one", () => {
    const life = stalled();
    expect([life.tellings(), life.receipts(), life.ad().submissions]).toEqual([
      ["AdStalled"],
      ["b failed stalled"],
      [],
    ]);
    life.charge("b2");
    expect(short(life.step())).toBe("bump");
  });

  it("is told when its line comes within a day", () => {
    const life = stalled();
    life.wait(hour);
    life.observe([...published(), ...log("r9 bump processing @90", "r9 bump done @91")]);
    expect(life.told()).toMatchObject([{ type: "AdStalled" }, { type: "AdBumped", metadata: { correlationId: "b" } }]);
  });
});
