import { describe, expect, it } from "vitest";
import { nextReadAt } from "#shared/ad/pace.ts";
import { watch } from "#shared/ad/watch.ts";
import { accepted, car, deleted, inDoubt, log, minute, published, refusal, startLife } from "./ad-life.ts";

type Life = ReturnType<typeof startLife>;
const hour = 60 * minute;

function listingOf(life: Life, place = -1) {
  const listing = life.ad().listings.at(place);
  if (listing === undefined) {
    throw new Error("nothing was ever sent");
  }
  return listing;
}

/** How long from now the listing is read next; null: never. */
function readsIn(life: Life, place = -1): number | null {
  const at = nextReadAt(life.ad(), listingOf(life, place), life.context());
  return at === null ? null : at - life.now();
}

function answered(document = car()): Life {
  const life = startLife();
  life.want("1", document);
  life.step();
  life.reply(accepted);
  return life;
}

const failedPublish = log("r1 create done", "r1 publish error");

describe("a watched listing", () => {
  it("is read after 10 minutes, 1, 6 and 24 hours, then never again", () => {
    const life = answered();
    life.observe(failedPublish);
    const [end, times] = [life.now(), [10 * minute, hour, 6 * hour, 24 * hour]];
    for (const time of times) {
      expect(life.now() + (readsIn(life) ?? Number.NaN)).toBe(end + time);
      life.wait(end + time - life.now());
      life.observe(failedPublish);
    }
    expect([readsIn(life), listingOf(life).watchedSince, listingOf(life).past]).toEqual([null, null, []]);
  });

  it("is read at once for what was missed, once", () => {
    const life = answered();
    life.observe(failedPublish);
    life.wait(7 * hour);
    expect(readsIn(life)).toBeLessThanOrEqual(0);
    life.observe(failedPublish);
    expect(readsIn(life)).toBe(17 * hour);
  });

  it("is watched anew when something else of it ends without being clean", () => {
    const life = answered();
    life.observe(failedPublish);
    life.wait(2 * hour);
    life.want("2", car(2));
    life.step();
    life.reply(accepted);
    life.observeAtRest([...failedPublish, ...log("r2 update done @9", "r2 publish error @10")]);
    expect(readsIn(life)).toBe(10 * minute);
    expect(listingOf(life).past.map(({ number }) => number)).toEqual([1, 2]);
  });

  it("tells what is new in its log, as the fact of the write that it belongs to", () => {
    const life = answered();
    life.observe(failedPublish);
    life.wait(hour);
    life.observe([...failedPublish, ...log("r1 publish done @3600")]);
    expect(life.told()).toMatchObject([
      { type: "AdErrored" },
      { type: "AdPublished", metadata: { correlationId: "1", causationId: "r1" }, data: { warnings: [] } },
    ]);
    expect(life.receipts()).toEqual(["1 applied errored"]);
  });

  it("tells failed pictures of an ended write beside that, not beside a later one", () => {
    const life = answered();
    life.observe(failedPublish);
    life.want("2", car(2));
    life.step();
    life.reply(accepted);
    life.forgetTold();
    const late = [...failedPublish, ...log("r1 handle_media error @5", "r1 publish done @6")];
    life.observeAtRest([...late, ...published("r2", "update", 10)]);
    expect(life.told().map(({ data }) => "warnings" in data && data.warnings.length)).toEqual([1, 0]);
    expect(life.ad().settled?.warnings).toEqual([]);
  });

  it("knows a request that lands only now, by the write that has ended", () => {
    const life = startLife();
    life.want("1");
    life.step();
    life.reply(inDoubt);
    life.remove("2");
    life.wait(minute);
    life.step();
    life.reply({ kind: "not-found" });
    expect(life.receipts()).toEqual(["1 superseded newer-wish", "2 applied absent"]);
    life.wait(10 * minute);
    life.observe(published());
    expect(life.told()).toMatchObject([{ type: "AdPublished", metadata: { correlationId: "1" } }]);
  });

  it("of an earlier generation stays on record, and is read beside the present one", () => {
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
    expect(readsIn(life, 0)).toBe(10 * minute);
    life.observe(published("n1"));
    expect(life.ad().listings).toHaveLength(2);
    expect([readsIn(life, 0), readsIn(life, 1)]).toEqual([10 * minute, null]);
    expect(life.step().kind).toBe("none");
    life.wait(24 * hour);
    life.observe(gone, { listingId: listingOf(life, 0).id, state: "deleted" });
    expect(life.ad().listings).toHaveLength(1);
    expect(life.step().kind).toBe("none");
  });
});

describe("what is watched", () => {
  it.each<[string, (life: Life) => void, boolean]>([
    ["a clean publish", (life) => life.observe(published()), false],
    ["an error", (life) => life.observe(failedPublish), true],
    ["a missing publish", (life) => life.observeAtRest(log("r1 create done")), true],
    ["a publish without an id", (life) => life.observeAtRest(published(), { blocketAdId: null }), true],
    ["a publish with a warning", (life) => life.observe([...log("r1 handle_media error @1"), ...published()]), true],
  ])("after %s: %3$s", (_name, end, isWatched) => {
    const life = answered();
    end(life);
    expect(life.ad().submissions).toEqual([]);
    expect(readsIn(life)).toBe(isWatched ? 10 * minute : null);
  });

  it.each([
    ["a charged call that went well", "done", null],
    ["one that failed", "error", 10 * minute],
  ])("after %s: %3$s", (_name, state, expected) => {
    const life = startLife();
    life.publish();
    life.charge("b");
    life.step();
    life.reply(accepted);
    life.observe([...published(), ...log(`r2 bump ${state} @50`)]);
    expect(life.ad().submissions).toEqual([]);
    expect(readsIn(life)).toBe(expected);
  });

  it("after a doubt, though all went well", () => {
    const life = startLife();
    life.want("1");
    life.step();
    life.reply(inDoubt);
    life.observeAtRest(published());
    expect([life.receipts(), readsIn(life)]).toEqual([["1 applied published"], 10 * minute]);
  });

  it.each([
    ["a refusal after a doubtful attempt", true],
    ["a plain refusal", false],
  ])("after %s: %s", (_name, wasInDoubt) => {
    const life = startLife();
    life.want("1");
    life.step();
    if (wasInDoubt) {
      life.reply(inDoubt);
      for (const _read of [1, 2]) {
        life.wait(20_000);
        life.step();
        life.readBack({ kind: "absent", taken: false });
      }
      life.wait(minute);
      life.step();
    }
    life.reply({ kind: "refused", errors: refusal });
    expect(life.receipts()).toEqual(["1 failed refused"]);
    expect(readsIn(life)).toBe(wasInDoubt ? 10 * minute : null);
  });
});

describe("an ad that never ends clean", () => {
  it("remembers what ended for a whole day, and not a millisecond longer", () => {
    const life = startLife();
    life.publish();
    const listing = listingOf(life);
    const [day, now] = [24 * hour, life.now()];
    const past = { number: 1, roots: [], isAccepted: true, call: "put", correlationId: "1", isHidden: false } as const;
    listing.past = [now - day, now - day + 1].map((endedAt) => ({ ...past, endedAt }));
    watch(listing, { ...past, number: 2 }, life.context());
    expect(listing.past.map(({ endedAt }) => endedAt)).toEqual([now - day + 1, now]);
  });

  it("remembers what ended within a day, and of that the newest forty", () => {
    const life = startLife();
    life.publish();
    for (let count = 1; count <= 100; count += 1) {
      life.want(String(count), car(count));
      life.step();
      life.reply(inDoubt);
      life.observeAtRest([...published(), ...published(`u${count}`, "update", 1_000 * count)]);
      life.wait(20 * minute);
      life.forgetTold();
    }
    const numbers = life.ad().listings[0]?.past.map(({ number }) => number) ?? [];
    expect(numbers).toHaveLength(40);
    expect(numbers.at(-1)).toBe(101);
    life.wait(24 * 60 * minute);
    life.want("last", car(7));
    life.step();
    life.reply(inDoubt);
    life.observeAtRest([...published(), ...published("last", "update", 200_000)]);
    expect(life.ad().listings[0]?.past).toHaveLength(1);
  });
});
