import { describe, expect, it } from "vitest";
import type { Row, Snapshot } from "#shared/ad/marketplace.ts";
import {
  boat,
  car,
  deleted,
  failedRead,
  inDoubt,
  log,
  minute,
  published,
  refusal,
  second,
  startLife,
} from "./ad-life.ts";

const absent: Snapshot = { kind: "absent", taken: false };
const taken: Snapshot = { kind: "absent", taken: true };
const exists = { kind: "exists", errors: refusal } as const;

type Life = ReturnType<typeof startLife>;

/** Lets the wait pass that a read stands out for, reads, and shows this. */
function read(life: Life, snapshot: Snapshot, waitMs = 20 * second): void {
  life.wait(waitMs);
  expect(life.step().kind).toBe("read");
  life.readBack(snapshot);
}

function doubtful(document = car(), before?: Life): Life {
  const life = before ?? startLife();
  life.want("2", document);
  life.step();
  life.reply(inDoubt);
  return life;
}

function doubtfulPut(): Life {
  const life = startLife();
  life.publish();
  return doubtful(car(2), life);
}

function doubtfulDelete(): Life {
  const life = startLife();
  life.publish();
  life.remove("2");
  life.step();
  life.reply(inDoubt);
  return life;
}

describe("a write in doubt", () => {
  it("is read once by two deliveries that read at the same time", () => {
    const life = doubtfulPut();
    life.wait(20 * second);
    life.step();
    life.step();
    life.readFor(2, life.row(published()));
    life.readFor(2, life.row(published()));
    expect(life.ad().submissions[0]?.phase).toMatchObject({ kind: "doubt", reads: 1 });
  });

  it("that the read before this one has ended needs none", () => {
    const life = doubtful();
    life.wait(20 * second);
    life.step();
    life.observe(published());
    life.wait(2 * minute);
    life.readBack(life.row(published()));
    expect(life.receipts()).toEqual(["2 applied published"]);
  });

  it("under an id that we drew is found by the row, whatever plate that shows", () => {
    const life = doubtful();
    read(life, life.row([], { plate: null }));
    read(life, life.row([], { plate: null }), 10 * second);
    expect(life.step()).toMatchObject({ kind: "write", call: { call: "put" } });
  });

  it("is read twice, ten seconds apart, before it is made again", () => {
    const life = doubtful();
    read(life, absent);
    life.wait(10 * second - 1);
    expect(life.step().kind).toBe("none");
    read(life, absent, 1);
    expect(life.phase()).toBe("ready");
    expect(life.step().kind).toBe("none");
    life.wait(5 * second);
    expect(life.step()).toMatchObject({ kind: "write", call: { call: "post", attemptId: "attempt-2" } });
  });

  it("is answered once its request is in the log", () => {
    const life = doubtful();
    read(life, life.row(log("r1 create processing")));
    expect(life.phase()).toBe("answered");
  });

  it("that created the row, but shows no request of ours, goes on as a PUT", () => {
    const life = doubtful();
    read(life, life.row([]));
    read(life, life.row([]), 10 * second);
    expect(life.step()).toMatchObject({ kind: "write", call: { call: "put" } });
  });

  it("is repeated as a PUT with the same document when the listing was there before", () => {
    const life = doubtfulPut();
    read(life, life.row(published()));
    read(life, life.row(published()), 10 * second);
    expect(life.step()).toMatchObject({ kind: "write", call: { call: "put", body: { price: car(2).ad.price } } });
  });

  it("becomes the next generation when the listing has died meanwhile", () => {
    const life = doubtfulPut();
    read(life, life.row(published(), { state: "deleted" }));
    read(life, life.row(published(), { state: "deleted" }), 10 * second);
    expect(life.step()).toMatchObject({ kind: "write", call: { call: "post" } });
    expect(life.ad().listings.at(-1)?.generation).toBe(2);
    expect(life.ad().listings[0]).toMatchObject({ watchedSince: life.now(), past: [{ number: 2 }] });
  });

  it("is superseded instead when a newer wish came and the listing has died", () => {
    const life = doubtfulPut();
    life.want("3", car(3));
    read(life, life.row(published(), { state: "deleted" }));
    read(life, life.row(published(), { state: "deleted" }), 10 * second);
    expect(life.receipts()).toEqual(["2 superseded newer-wish"]);
    expect(life.step()).toMatchObject({ kind: "write", call: { call: "post", body: { price: car(3).ad.price } } });
  });

  it("of a removal that reads as deleted has been accepted", () => {
    const life = doubtfulDelete();
    read(life, life.row([...published(), ...deleted()], { state: "deleted" }));
    expect(life.tellings()).toEqual(["AdDeleted"]);
  });

  it("of a removal that left no trace is made again", () => {
    const life = doubtfulDelete();
    read(life, life.row(published()));
    read(life, life.row(published()), 10 * second);
    life.wait(5 * second);
    expect(life.step()).toMatchObject({ kind: "write", call: { call: "delete" } });
  });

  it.each([
    [null, 7_500],
    [60_000, 60_000],
  ])("is read again after a failed read, Retry-After %s: in %i ms", (retryAfterMs, ms) => {
    const life = doubtful();
    life.wait(20 * second);
    life.step();
    life.readBack(failedRead(retryAfterMs));
    expect(life.ad().submissions).toMatchObject([{ phase: { kind: "doubt", reads: 0, nextReadAt: life.now() + ms } }]);
  });
});

describe.each(["look-up", "exists-check"] as const)("a listing id that a %s finds taken", (phase) => {
  const asked = (document = car()): Life => {
    const life = startLife();
    life.want("2", document, { listingIds: "item-id" });
    life.step();
    if (phase === "exists-check") {
      life.readBack(absent);
      life.step();
      life.reply(exists);
      life.step();
    }
    return life;
  };

  it.each<[string, Partial<Row>]>([
    ["the plate, however it is written", { plate: "abc 123" }],
    ["the VIN", { plate: null, vin: "YV1ZWA8UDL1234567" }],
  ])("is ours by %s, and gets the whole document as a PUT", (_name, fields) => {
    const life = asked(
      car(1, { category_fields: { model_year: 2020, registration_number: "ABC123", vin: "YV1ZWA8UDL1234567" } }),
    );
    life.readBack(life.row([], fields));
    expect(life.step()).toMatchObject({ kind: "write", call: { call: "put", listingId: "item-1" } });
  });

  it("is ours for a type without a plate when the dealer's own", () => {
    const life = asked(boat());
    life.readBack(life.row([], { plate: null }));
    expect(life.step()).toMatchObject({ kind: "write", call: { call: "put" } });
  });

  it.each<[string, (life: Life) => Snapshot]>([
    ["another vehicle", (life) => life.row(published(), { plate: "XYZ789" })],
    ["a vehicle that shows neither plate nor VIN", (life) => life.row([], { plate: null })],
    ["another dealer", () => taken],
  ])("by %s refuses the write, and nothing of that row is told or kept", (_name, snapshot) => {
    const life = asked();
    life.readBack(snapshot(life));
    const ownWords = { code: "id-taken", pointer: null, message: "The item's id is taken by somebody else's ad." };
    const errors = phase === "look-up" ? [ownWords] : refusal;
    expect(life.told()).toMatchObject([{ type: "AdErrored", data: { stage: "submission", errors } }]);
    expect(life.receipts()).toEqual(["2 failed refused"]);
    expect(life.ad().listings).toMatchObject([{ seen: false, blocketAdId: null }]);
  });

  it("by our own dead listing of a registered vehicle becomes the next generation", () => {
    const life = asked();
    life.readBack(life.row([], { state: "deleted" }));
    const action = life.step();
    expect(action).toMatchObject({ kind: "write", call: { call: "post" } });
    expect(life.ad().listings.at(-1)?.generation).toBe(2);
  });

  it("by our own dead listing of another type is revived", () => {
    const life = asked(boat());
    life.readBack(life.row([], { state: "deleted", plate: null }));
    expect(life.step()).toMatchObject({ kind: "write", call: { call: "put" } });
  });

  it("by a listing with a past: its old log is nobody's wish of ours, and the document is PUT", () => {
    const life = asked();
    life.readBack(life.row(published("of-an-earlier-integration")));
    expect(life.tellings()).toEqual([]);
    expect(life.step()).toMatchObject({ kind: "write", call: { call: "put" } });
  });
});

describe("a listing id that a POST found taken", () => {
  const asked = (): Life => {
    const life = startLife();
    life.want("2");
    life.step();
    life.reply(exists);
    return life;
  };

  it("is read once by two deliveries that read at the same time", () => {
    const life = asked();
    life.step();
    life.step();
    life.readFor(1, absent);
    life.readFor(1, life.row([]));
    expect(life.ad().submissions).toMatchObject([{ call: "post", phase: { kind: "exists-check", reads: 1 } }]);
  });

  it.each([
    ["could still be read within its half hour is", 1, "exists-check"],
    ["could not is not, but refuses the write", 0, "ended"],
  ])("that %s read again", (_name, leftMs, expected) => {
    const life = asked();
    read(life, absent, 30 * minute - 10 * second - leftMs);
    expect(life.phase() ?? "ended").toBe(expected);
  });

  it("by no row that can be found is read again for half an hour, and then refuses the write", () => {
    const life = asked();
    for (let reads = 0; reads < 6; reads += 1) {
      read(life, absent, reads === 0 ? 0 : 5 * minute);
      expect([life.phase(), life.tellings()]).toEqual(["exists-check", []]);
    }
    expect(life.ad().submissions[0]?.wasInDoubt).toBe(true);
    read(life, absent, 5 * minute);
    expect(life.ad().submissions).toEqual([]);
    expect(life.receipts()).toEqual(["2 failed refused"]);
  });

  it("by no row that can be found is read again at ever longer pauses, ten seconds at least", () => {
    const life = asked();
    const pauses = [10 * second, 10 * second, 15 * second, 30 * second];
    for (const [place, pause] of pauses.entries()) {
      read(life, absent, pauses[place - 1] ?? 0);
      expect(life.ad().submissions[0]?.phase).toMatchObject({ nextReadAt: life.now() + pause });
    }
  });

  it("by what our own doubtful POST created is ours by the log", () => {
    const life = doubtful();
    read(life, absent);
    read(life, absent, 10 * second);
    life.wait(minute);
    life.step();
    life.reply(exists);
    read(life, life.row(published()), 0);
    expect(life.tellings()).toEqual(["AdPublished"]);
    expect(life.step().kind).toBe("none");
  });
});

describe("a read that nobody waits for any more", () => {
  it("changes nothing when its submission has ended", () => {
    const life = doubtful();
    life.wait(20 * second);
    life.step();
    life.observeAtRest(published());
    const before = life.ad();
    life.readBack(life.row(published()));
    life.readBack(failedRead());
    expect(life.ad()).toEqual(before);
  });

  it("changes nothing when its submission has ended and another is about", () => {
    const life = startLife();
    life.publish();
    life.want("2", car(2));
    life.step();
    const before = life.ad();
    life.readFor(1, life.row([...published(), ...log("r2 update processing @10")]));
    expect(life.ad()).toEqual(before);
  });

  it("changes nothing when it failed and its submission was answered meanwhile", () => {
    const life = doubtful();
    life.wait(20 * second);
    life.step();
    life.observe(log("r1 create processing"));
    const before = life.ad();
    life.readBack(failedRead());
    expect(life.ad()).toEqual(before);
  });

  it("is observed, and no more, when its submission was answered meanwhile", () => {
    const life = doubtful();
    life.wait(20 * second);
    life.step();
    life.observe(log("r1 create processing"));
    life.readBack(absent);
    expect(life.phase()).toBe("answered");
  });
});

describe("a removal in doubt beside the write that it overtook", () => {
  const doubtfulRemoval = () => {
    const life = doubtful();
    life.remove("3");
    life.wait(minute);
    life.step();
    life.reply(inDoubt);
    life.wait(20 * second);
    expect(life.step()).toMatchObject({ kind: "read", submission: 2 });
    return life;
  };
  const phases = (life: Life) => life.ad().submissions.map(({ phase }) => phase.kind);

  it("is the one that the reads are for", () => {
    const life = doubtfulRemoval();
    life.readBack(absent);
    read(life, absent, 10 * second);
    expect(phases(life)).toEqual(["answered", "ready"]);
  });

  it("is the one whose next read waits when one has failed", () => {
    const life = doubtfulRemoval();
    life.readBack(failedRead(minute));
    expect(life.ad().submissions[1]?.phase).toMatchObject({ kind: "doubt", nextReadAt: life.now() + minute });
  });
});

describe("a refusal that a read explains", () => {
  const refused = (life: Life, code = "invalid") => {
    life.step();
    life.reply({ kind: "refused", errors: [{ code, pointer: null, message: "No." }] });
    return life;
  };

  it.each<[string, string, string]>([
    ["says that the ad is deleted", "deleted", "refused-check"],
    ["says anything else", "invalid", "ended"],
  ])("of a DELETE that %s, on a row that is alive: %3$s", (_name, code, expected) => {
    const life = startLife();
    life.publish();
    life.remove("2");
    read(refused(life, code), life.row(published()), 0);
    expect(life.phase() ?? "ended").toBe(expected);
  });

  it("of a DELETE that says that the ad is deleted is believed when the row is alive half an hour later", () => {
    const life = startLife();
    life.publish();
    life.remove("2");
    refused(life, "deleted");
    for (let minutes = 0; minutes < 29; minutes += 1) {
      read(life, life.row(published()), minutes === 0 ? 0 : minute);
      expect([minutes, life.phase()]).toEqual([minutes, "refused-check"]);
    }
    life.step();
    expect(life.step().kind).toBe("none");
    read(life, life.row(published()), minute);
    expect(life.receipts()).toEqual(["2 failed refused"]);
  });

  it("of a PUT to a deleted listing of an unregistered type is believed: it could have been revived", () => {
    const life = startLife();
    life.publish("1", boat());
    life.want("2", boat("Another text."));
    read(refused(life), life.row(published(), { state: "deleted" }), 0);
    expect(life.receipts()).toEqual(["2 failed refused"]);
  });
});
