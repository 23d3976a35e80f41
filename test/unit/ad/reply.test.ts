import { describe, expect, it } from "vitest";
import type { Reply } from "#shared/ad/marketplace.ts";
import { applyReply } from "#shared/ad/reply.ts";
import type { MarketplaceError } from "#shared/contracts/ad-event.ts";
import {
  accepted,
  boat,
  car,
  deleted,
  inDoubt,
  log,
  minute,
  notMade,
  published,
  refusal,
  second,
  startLife,
} from "./ad-life.ts";
import { short } from "./in-phase.ts";

const complaint = (pointer: string | null): MarketplaceError => ({ code: "invalid", pointer, message: "No." });
const absent = { kind: "absent", taken: false } as const;

/** A life in which a call of that kind has just gone out. */
const calling = {
  post: () => {
    const life = startLife();
    life.want("2");
    life.step();
    return life;
  },
  put: () => {
    const life = startLife();
    life.publish();
    life.want("2", car(2));
    life.step();
    return life;
  },
  delete: () => {
    const life = startLife();
    life.publish();
    life.remove("2");
    life.step();
    return life;
  },
};
const calls = ["post", "put", "delete"] as const;

describe.each(calls)("a reply to a %s", (call) => {
  it.each<[Reply["kind"], Reply, object]>([
    ["accepted", accepted, { phase: { kind: "answered" }, mayHaveReached: true }],
    ["in-doubt", inDoubt, { phase: { kind: "doubt", reads: 0 }, mayHaveReached: true, wasInDoubt: true }],
    ["not-made", notMade(), { phase: { kind: "ready" }, mayHaveReached: false }],
    ["unauthorized", { kind: "unauthorized" }, { phase: { kind: "ready" }, mayHaveReached: false }],
    ["forbidden", { kind: "forbidden" }, { phase: { kind: "ready" }, mayHaveReached: false }],
  ])("that is %s", (_name, reply, expected) => {
    const life = calling[call]();
    life.reply(reply);
    expect(life.ad().submissions).toMatchObject([{ call, ...expected }]);
    expect(life.ad().outbox).toEqual([]);
  });

  it("of another attempt is dropped", () => {
    const life = calling[call]();
    const [submission] = life.ad().submissions;
    const attempt = { submission: submission?.number ?? 0, attemptId: "not-this-one" };
    expect(applyReply(life.ad(), attempt, { reply: accepted, context: life.context() })).toEqual(life.ad());
    const gone = { submission: 99, attemptId: "attempt-1" };
    expect(applyReply(life.ad(), gone, { reply: accepted, context: life.context() })).toEqual(life.ad());
  });

  it("that comes after its attempt was judged is dropped", () => {
    const life = calling[call]();
    life.wait(20 * second);
    const action = life.step();
    expect(action.kind).toBe("read");
    const attempt = { submission: life.ad().submissions[0]?.number ?? 0, attemptId: "attempt-1" };
    expect(applyReply(life.ad(), attempt, { reply: accepted, context: life.context() })).toEqual(life.ad());
  });
});

describe("what was not made", () => {
  it.each<[string, Reply, number]>([
    ["as long as Retry-After says", notMade(1_200_000), 20 * minute],
    ["at once where Retry-After says 0", notMade(0), 0],
    ["by the backoff without", notMade(), 3_750],
    ["for its lane alone after a 401", { kind: "unauthorized" }, 0],
    ["for its lane alone after a 403", { kind: "forbidden" }, 0],
  ])("waits %s", (_name, reply, ms) => {
    const life = calling.post();
    life.reply(reply);
    expect(life.ad().submissions).toMatchObject([{ phase: { kind: "ready", notBefore: life.now() + ms } }]);
    life.wait(ms - 1);
    expect(ms === 0 || life.step().kind === "none").toBe(true);
    life.wait(1);
    expect(life.step()).toMatchObject({ kind: "write", call: { call: "post" } });
  });

  it("waits twice as long each time, five minutes at most, spread over the upper half", () => {
    const life = calling.post();
    const pauses: number[] = [];
    for (let attempt = 1; attempt <= 9; attempt += 1) {
      life.reply(notMade());
      const phase = life.ad().submissions[0]?.phase;
      pauses.push(phase?.kind === "ready" ? phase.notBefore - life.now() : -1);
      life.wait(5 * minute);
      life.step();
    }
    const whole = [5, 10, 20, 40, 80, 160, 300, 300, 300];
    expect(pauses).toEqual(whole.map((seconds) => seconds * second * 0.75));
  });
});

describe("a doubt", () => {
  it("is not looked into before ten seconds after the lease", () => {
    const life = calling.post();
    life.wait(2 * second);
    life.reply(inDoubt);
    life.wait(18 * second - 1);
    expect(life.step().kind).toBe("none");
    life.wait(1);
    expect(life.step()).toMatchObject({ kind: "read" });
  });

  it("is none when the log has shown its request before the reply broke off", () => {
    const life = startLife();
    life.want("1");
    life.step();
    life.observe(log("r1 create processing"));
    life.reply(inDoubt);
    expect(life.phase()).toBe("answered");
  });

  it("stays one when the next attempt is surely not made", () => {
    const life = calling.post();
    life.reply(inDoubt);
    for (const _read of [1, 2]) {
      life.wait(20 * second);
      life.step();
      life.readBack(absent);
    }
    life.wait(minute);
    life.step();
    life.reply(notMade(0));
    life.want("3", car(3));
    expect(life.ad().submissions).toMatchObject([{ mayHaveReached: true, wasInDoubt: true }]);
    expect(life.step()).toMatchObject({ kind: "write", submission: 1 });
  });
});

describe("a refusal", () => {
  it.each(calls)("of a %s ends it in AdErrored with every error, receipt failed", (call) => {
    const life = calling[call]();
    const errors = [complaint("/price"), complaint(null)];
    life.reply({ kind: "refused", errors });
    if (call !== "post") {
      expect(life.ad().outbox).toEqual([]);
      expect(life.step().kind).toBe("read");
      life.readBack(life.row(published()));
    }
    expect(life.told()).toMatchObject([
      { type: "AdErrored", metadata: { correlationId: "2" }, data: { stage: "submission", errors } },
    ]);
    expect(life.receipts()).toEqual(["2 failed refused"]);
    expect(life.ad()).toMatchObject({ submissions: [], wish: { state: "ended" }, settled: { clean: false } });
  });

  it("of a PUT is believed only after one read", () => {
    const life = calling.put();
    life.reply({ kind: "refused", errors: refusal });
    expect(life.ad().outbox).toEqual([]);
    expect(life.step().kind).toBe("read");
    life.readBack(life.row(published()));
    expect(life.tellings()).toEqual(["AdErrored"]);
    expect(life.receipts()).toEqual(["2 failed refused"]);
  });

  it("of a PUT to a listing that reads as deleted becomes the next generation", () => {
    const life = calling.put();
    life.reply({ kind: "refused", errors: refusal });
    life.step();
    life.readBack(life.row(published(), { state: "deleted" }));
    expect(life.ad().outbox).toEqual([]);
    expect(life.step()).toMatchObject({ kind: "write", call: { call: "post" } });
    expect(life.ad().listings.at(-1)?.generation).toBe(2);
  });

  it("of a PUT while a DELETE of ours is unfinished waits", () => {
    const life = startLife();
    life.publish("1", boat());
    life.remove("2");
    life.step();
    life.reply(accepted);
    life.observe([...published(), ...deleted().slice(0, 1)]);
    life.stall();
    life.want("3", boat("Another text."));
    life.observe([...published(), ...deleted().slice(0, 1)], { state: "deleted" });
    expect(life.step()).toMatchObject({ kind: "write", call: { call: "put" } });
    life.reply({ kind: "refused", errors: refusal });
    life.step();
    life.forgetTold();
    life.readBack(life.row([...published(), ...deleted().slice(0, 1)]));
    expect(life.ad().outbox).toEqual([]);
    expect(life.step().kind).toBe("none");
    life.wait(minute);
    expect(life.step()).toMatchObject({ kind: "write", call: { call: "put" } });
  });
});

describe("a refusal of exactly our explicit nulls", () => {
  const leaner = () => {
    const life = startLife();
    life.publish("1", car(1, { video_url: "https://a.example/v", location: { zipcode: "11122" } }));
    life.want("2", car(1));
    return { life, action: life.step() };
  };

  it("is sent once more without them, with a warning", () => {
    const { life, action } = leaner();
    expect(action).toMatchObject({ call: { body: { video_url: null, location: null } } });
    life.reply({ kind: "refused", errors: [complaint("/video_url")] });
    const again = life.step();
    expect(again).toMatchObject({ kind: "write", call: { call: "put" } });
    expect(Object.keys(again.kind === "write" ? (again.call.body ?? {}) : {})).not.toContain("video_url");
    life.reply(accepted);
    life.observe([...published(), ...published("r2", "update", 10)]);
    expect(life.told()).toMatchObject([{ type: "AdPublished", data: { warnings: [complaint("/video_url")] } }]);
    expect(life.ad().settled?.clean).toBe(false);
  });

  it("that comes again is believed", () => {
    const { life } = leaner();
    life.reply({ kind: "refused", errors: [complaint("/video_url")] });
    life.step();
    life.reply({ kind: "refused", errors: [complaint("/video_url")] });
    expect(life.step().kind).toBe("read");
  });

  it.each([
    ["something beside them", [complaint("/video_url"), complaint("/price")]],
    ["something without a pointer", [complaint(null)]],
    ["nothing at all", []],
  ])("is not meant when %s is refused", (_name, errors) => {
    const { life } = leaner();
    life.reply({ kind: "refused", errors });
    expect(life.phase()).toBe("refused-check");
  });
});

describe("404", () => {
  it("on a PUT to a listing seen before makes its successor; the old one is watched, should it turn up again", () => {
    const life = calling.put();
    const [old] = life.ad().listings;
    life.reply({ kind: "not-found" });
    expect(life.ad().listings).toMatchObject([
      { id: old?.id, deleted: true, gone: true, watchedSince: life.now(), past: [{ number: 2 }] },
    ]);
    expect(life.step()).toMatchObject({ call: { call: "post" } });
    expect(life.ad().listings).toHaveLength(2);
  });

  it("on a PUT to a listing that no read has shown yet makes it the POST again, under the same id", () => {
    const life = startLife();
    life.want("1");
    life.step();
    life.reply(accepted);
    life.stall();
    life.want("2", car(2));
    const put = life.step();
    life.reply({ kind: "not-found" });
    const post = life.step();
    expect([short(put), short(post)]).toEqual(["put", "post"]);
    expect(post).toMatchObject({ call: { listingId: life.ad().listings[0]?.id, body: { price: car(2).ad.price } } });
  });

  it.each(["bump", "pole_position"] as const)("on a %s refuses it", (call) => {
    const life = startLife();
    life.publish();
    life.charge("2", call);
    life.step();
    life.reply({ kind: "not-found" });
    expect([life.tellings(), life.receipts()]).toEqual([["AdErrored"], ["2 failed refused"]]);
  });

  it("on a POST refuses it", () => {
    const life = startLife();
    life.want("1");
    life.step();
    life.reply({ kind: "not-found" });
    expect(life.told()).toMatchObject([
      { data: { errors: [{ code: "not-found", pointer: null, message: "Not found." }] } },
    ]);
    expect(life.ad().outbox).toMatchObject([{}, { receipt: { reason: "refused", details: [{ code: "not-found" }] } }]);
  });

  it("on a DELETE settles as absent: applied, no ad event", () => {
    const life = startLife();
    life.remove("1");
    life.step();
    life.reply({ kind: "not-found" });
    expect(life.tellings()).toEqual([]);
    expect(life.receipts()).toEqual(["1 applied absent"]);
    expect(life.ad().submissions).toEqual([]);
  });

  it("on a DELETE closes the write that it overtook", () => {
    const life = calling.post();
    life.reply(inDoubt);
    life.remove("3");
    life.wait(minute);
    life.step();
    life.reply({ kind: "not-found" });
    expect(life.receipts()).toEqual(["2 superseded newer-wish", "3 applied absent"]);
    expect(life.ad().submissions).toEqual([]);
  });

  it("on a DELETE of a listing seen before frees the next wish at once, under another id", () => {
    const life = calling.delete();
    const first = life.ad().listings[0]?.id;
    life.reply({ kind: "not-found" });
    life.want("3", car(3));
    expect(life.step()).toMatchObject({ kind: "write", call: { call: "post" } });
    expect(life.ad().listings.at(-1)?.id).not.toBe(first);
  });
});

describe("exists", () => {
  it("to a POST asks for a read at once", () => {
    const life = calling.post();
    life.reply({ kind: "exists", errors: refusal });
    expect(life.step()).toMatchObject({ kind: "read" });
    expect(life.ad().outbox).toEqual([]);
  });

  it.each(["put", "delete"] as const)("can't be meant of a %s: a refusal", (call) => {
    const life = calling[call]();
    life.reply({ kind: "exists", errors: refusal });
    expect(life.phase()).toBe("refused-check");
  });
});

describe("after a removal was refused", () => {
  it("a later document does not wait for ever for the one it overtook in doubt", () => {
    const life = calling.post();
    life.reply(inDoubt);
    life.remove("3");
    life.wait(minute);
    life.step();
    life.reply({ kind: "refused", errors: refusal });
    life.want("4", car(4));
    const calls: string[] = [];
    for (let hours = 0; hours < 100; hours += 1) {
      life.wait(60 * minute);
      const action = life.step();
      calls.push(action.kind);
      if (action.kind === "read") {
        life.readBack(absent);
      }
    }
    expect(calls).toContain("write");
  });

  it("what it overtook and was accepted still settles by its own log", () => {
    const life = calling.post();
    life.reply(accepted);
    life.remove("3");
    life.wait(minute);
    life.step();
    life.reply({ kind: "refused", errors: refusal });
    life.step();
    life.readBack(life.row(published().slice(0, 1)));
    life.observeAtRest([...log("r1 handle_media done @1"), ...published()]);
    expect(life.receipts()).toEqual(["3 failed refused", "2 applied published"]);
  });
});
