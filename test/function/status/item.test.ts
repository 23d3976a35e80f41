import { describe, expect, it } from "vitest";
import { acceptRejected } from "#shared/ad/accept.ts";
import { apiKey } from "#test/function/receive/front-door.ts";
import {
  accepted,
  car,
  deleted,
  hiddenCar,
  inDoubt,
  type Life,
  log,
  minute,
  published,
  refusal,
  startLife,
} from "#test/unit/ad/ad-life.ts";
import { statusDoor } from "./status-door.ts";

/** An item's life so far, as its source is shown it. */
async function statusOf(live: (life: Life) => void, isTold = true) {
  const life = startLife();
  live(life);
  const door = statusDoor();
  if (isTold) {
    await door.keep(life.ad());
  } else {
    await door.table.save(life.ad(), null);
  }
  return (await door.get("/sources/dms/items/DEMO/item-1")).body;
}

function refuse(life: Life): void {
  life.want("2", car(1));
  life.step();
  life.reply({ kind: "refused", errors: refusal });
}

describe("how an item stands", () => {
  it("is in progress until Blocket's log has said how it ended", async () => {
    const body = await statusOf((life) => {
      life.want("1");
      life.step();
      life.reply(accepted);
    });
    expect(body).toMatchObject({
      dealerCode: "DEMO",
      itemId: "item-1",
      state: "in-progress",
      asked: { source: "dms", eventId: "1", want: "ad" },
      lastOutcome: null,
      errors: [],
      lastRejected: null,
      heldUntil: null,
    });
  });

  it("is published, with the ad's id at Blocket", async () => {
    const body = await statusOf((life) => life.publish());
    expect(body).toMatchObject({
      state: "published",
      words: expect.stringContaining("published"),
      blocketAdId: "1400",
      listingId: expect.any(String),
      lastOutcome: { outcome: "published", at: expect.stringMatching(/Z$/), warnings: [] },
    });
  });

  it("is hidden where that was asked", async () => {
    const body = await statusOf((life) => {
      life.want("1", hiddenCar);
      life.step();
      life.reply(accepted);
      life.observeAtRest(log("r1 create processing", "r1 create done"));
    });
    expect(body).toMatchObject({ state: "hidden", lastOutcome: { outcome: "hidden" } });
  });

  it("is absent once a removal is through, and when there was nothing to remove", async () => {
    const removed = await statusOf((life) => {
      life.publish();
      life.remove("2");
      life.step();
      life.reply(accepted);
      life.observe([...published(), ...deleted()], { state: "deleted" });
    });
    expect(removed).toMatchObject({ state: "absent", asked: { eventId: "2", want: "no-ad" }, blocketAdId: "1400" });
    const never = await statusOf((life) => {
      life.remove("1");
      life.step();
      life.reply({ kind: "not-found" });
    });
    expect(never).toMatchObject({ state: "absent", lastOutcome: { outcome: "absent" }, blocketAdId: null });
  });

  it.each([true, false])("has failed, with Blocket's words, when it was refused (told: %s)", async (isTold) => {
    const body = await statusOf((life) => {
      life.want("1", car(1));
      life.step();
      life.reply({ kind: "refused", errors: refusal });
    }, isTold);
    expect(body).toMatchObject({ state: "failed", lastOutcome: { outcome: "refused" }, errors: refusal });
  });

  it("has failed, with the action's words, when the log says so", async () => {
    const body = await statusOf((life) => {
      life.want("1");
      life.step();
      life.reply(accepted);
      life.observe(log("r1 create processing", "r1 create done", "r1 publish processing", "r1 publish error"));
    });
    expect(body).toMatchObject({ state: "failed", lastOutcome: { outcome: "errored" } });
    expect(body.errors).toMatchObject([{ message: expect.stringContaining("publish error") }]);
  });

  it("forgets errors of what was asked before", async () => {
    const body = await statusOf((life) => {
      life.want("1", car(1));
      life.step();
      life.reply({ kind: "refused", errors: refusal });
      life.wait(1_000);
      life.want("2");
      life.step();
    });
    expect(body).toMatchObject({ state: "in-progress", asked: { eventId: "2" }, errors: [] });
  });

  it("shows an invalid event that came after what stands, and no longer once a valid one has come", async () => {
    const errors = [{ pointer: "/data/ad/price", code: "required", message: "price is required." }];
    const reject = (life: Life) => {
      const rejected = { version: 1, kind: "rejected-event", source: "dms", eventId: "2", item: null, errors } as const;
      life.change(acceptRejected(life.ad(), { ...rejected, receivedAt: life.now() }, life.context()));
    };
    const rejected = await statusOf((life) => {
      life.publish();
      life.wait(1_000);
      reject(life);
    });
    expect(rejected).toMatchObject({ state: "published", lastRejected: { eventId: "2", errors } });
    expect(await statusOf(reject)).toMatchObject({ state: "nothing-asked", lastRejected: { eventId: "2" } });
    const mended = await statusOf((life) => {
      reject(life);
      life.wait(1_000);
      life.want("3");
    });
    expect(mended).toMatchObject({ state: "in-progress", lastRejected: null });
  });

  it("shows nothing of a document", async () => {
    const text = JSON.stringify(await statusOf(refuse));
    expect(text).not.toMatch(/ABC123|A car\./);
  });
});

describe("how an item stands after what was told later", () => {
  const failedPublish = log("r1 create processing", "r1 create done", "r1 publish processing", "r1 publish error");
  const answered = (life: Life) => {
    life.want("1");
    life.step();
    life.reply(accepted);
  };
  const rejectOften = (life: Life, times: number) => {
    const errors = [{ pointer: "/data", code: "required", message: "data is required." }];
    for (let count = 1; count <= times; count += 1) {
      const rejected = {
        version: 1,
        kind: "rejected-event",
        source: "dms",
        eventId: `bad-${count}`,
        item: null,
      } as const;
      life.change(acceptRejected(life.ad(), { ...rejected, errors, receivedAt: life.now() }, life.context()));
    }
  };

  it("is published when a publish that had failed comes after all", async () => {
    const body = await statusOf((life) => {
      answered(life);
      life.observe(failedPublish);
      life.wait(60 * minute);
      life.observe([...failedPublish, ...log("r1 publish done @3600")]);
    });
    expect(body).toMatchObject({ state: "published", words: "The ad is published as last asked.", errors: [] });
  });

  it("is unpublished when it was taken off the marketplace since", async () => {
    const body = await statusOf((life) => {
      life.publish();
      life.wait(minute);
      life.observe([...published(), ...log("r1 unpublish done @50")]);
    });
    expect(body).toMatchObject({ state: "unpublished", words: expect.stringContaining("no longer published") });
  });

  it("is stalled while Blocket has not said in time what came of it, and no longer once it has", async () => {
    const stall = (life: Life) => {
      answered(life);
      life.stall();
    };
    const stalled = await statusOf(stall);
    expect(stalled).toMatchObject({ state: "stalled", lastOutcome: { outcome: "stalled" }, errors: [] });
    expect(stalled.words).not.toContain("errors");
    const late = await statusOf((life) => {
      stall(life);
      life.wait(minute);
      life.observe(published());
    });
    expect(late).toMatchObject({ state: "published", lastOutcome: { outcome: "published" } });
  });

  it("has failed when a watch finds that Blocket shows something else, however often it was sent", async () => {
    const body = await statusOf((life) => {
      life.want("1");
      life.step();
      life.reply(inDoubt);
      life.observeAtRest(published());
      const { wish } = life.ad();
      life.change({ wish: wish && { ...wish, repairs: 3 } });
      life.wait(10 * minute);
      life.observe(published(), { fields: { body: "Another car." } });
    });
    expect(body).toMatchObject({ state: "failed", words: expect.stringContaining("errors say why") });
    expect(body.errors).toMatchObject([{ code: "drift" }]);
  });

  it("keeps the errors of what was asked, however many invalid events came after it", async () => {
    const body = await statusOf((life) => {
      refuse(life);
      life.wait(minute);
      rejectOften(life, 120);
    });
    expect(body).toMatchObject({ state: "failed", errors: refusal, lastRejected: { eventId: "bad-120" } });
  });

  it("names no errors in its words where none are left", async () => {
    const body = await statusOf((life) => {
      refuse(life);
      life.forgetTold();
    });
    expect(body).toMatchObject({ state: "failed", words: "What was last asked did not come about.", errors: [] });
  });

  it("stays published when only a bump of it failed", async () => {
    const body = await statusOf((life) => {
      life.publish();
      life.wait(minute);
      life.charge("b");
      life.step();
      life.reply(accepted);
      life.observe([...published(), ...log("r2 bump error @50")]);
    });
    expect(body).toMatchObject({ state: "published", errors: [] });
  });

  it("stays hidden when the line that took it off comes late", async () => {
    const body = await statusOf((life) => {
      life.publish();
      life.wait(minute);
      life.want("2", hiddenCar);
      life.step();
      life.reply(accepted);
      const hidden = [...published(), ...log("r2 update done @50")];
      life.observeAtRest(hidden);
      life.wait(minute);
      life.observe([...hidden, ...log("r2 unpublish done @51")]);
    });
    expect(body).toMatchObject({ state: "hidden" });
  });
});

describe("an item of a dealer for whom two sources speak", () => {
  const errors = [{ pointer: "/data/ad/price", code: "required", message: "price is required." }];
  const reject = (life: Life, source: string, eventId: string) => {
    const rejected = { version: 1, kind: "rejected-event", source, eventId, item: null, errors } as const;
    life.change(acceptRejected(life.ad(), { ...rejected, receivedAt: life.now() }, life.context()));
  };
  /** The item of `dms` as `keyed` is shown it, which speaks for the same dealer. */
  const shownToTheOther = async (live: (life: Life) => void) => {
    const life = startLife();
    live(life);
    const door = statusDoor();
    await door.keep(life.ad());
    return (await door.get("/sources/keyed/items/DEMO/item-1", { headers: { "x-api-key": apiKey } })).body;
  };

  it("stands as it stands, and shows neither the other's event nor the other's rejected one", async () => {
    const body = await shownToTheOther((life) => {
      life.publish();
      life.wait(1_000);
      reject(life, "keyed", "mine");
      life.wait(1_000);
      reject(life, "dms", "secret-of-dms");
    });
    expect(body).toMatchObject({
      state: "published",
      asked: null,
      askedByAnother: true,
      lastRejected: { eventId: "mine" },
    });
    expect(JSON.stringify(body)).not.toMatch(/dms/);
  });

  it("shows one source no errors of the other's event of the same id", async () => {
    const body = await shownToTheOther((life) => {
      refuse(life);
      life.wait(1_000);
      life.want("2", car(2), { source: "keyed" });
    });
    expect(body).toMatchObject({ state: "in-progress", asked: { source: "keyed", eventId: "2" }, errors: [] });
  });

  it("shows no rejected event at all where only the other had one", async () => {
    expect(await shownToTheOther((life) => reject(life, "dms", "theirs"))).toMatchObject({
      asked: null,
      lastRejected: null,
    });
  });
});

describe("what a source may see", () => {
  it.each([
    ["an item that nobody spoke of", "/sources/dms/items/DEMO/never", 404, "unknown-item"],
    ["another's dealer", "/sources/dms/items/OTHER/item-1", 403, "dealer-not-allowed"],
    ["a dealer code that is none", "/sources/dms/items/D%20E/item-1", 404, "unknown-item"],
    ["an item id that is too long", `/sources/dms/items/DEMO/${"x".repeat(201)}`, 404, "unknown-item"],
  ])("%s: %s is %i", async (_, path, status, slug) => {
    expect(await statusDoor().get(path)).toMatchObject({ status, body: { type: `/problems/${slug}` } });
  });
});
