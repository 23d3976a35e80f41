import { describe, expect, it } from "vitest";
import type { ValidateReply } from "#shared/ad/marketplace.ts";
import { nextActionAt } from "#shared/ad/pace.ts";
import { accepted, boat, car, deleted, log, minute, published, refusal, second, startLife } from "./ad-life.ts";
import { short } from "./in-phase.ts";

type Life = ReturnType<typeof startLife>;
const valid: ValidateReply = { kind: "valid" };
const failed = (retryAfterMs: number | null): ValidateReply => ({ kind: "failed", reason: "HTTP 503", retryAfterMs });
const otherPlate = car(1, { category_fields: { brand: "volvo", model_year: 2020, registration_number: "XYZ789" } });
const otherType = { ...car(), vehicleType: "transport" as const };
const gone = [...published(), ...deleted()];

/** A published car whose correction has just been asked for. */
function correcting(document = otherPlate): Life {
  const life = startLife();
  life.publish();
  life.want("2", document);
  expect(short(life.step())).toBe("validate");
  return life;
}

describe("what is a correction", () => {
  it.each<[string, ReturnType<typeof car>, string]>([
    ["another plate", otherPlate, "validate"],
    ["another type", otherType, "validate"],
    ["the same plate, written otherwise", car(2, { category_fields: { registration_number: "abc 123" } }), "put"],
    ["no plate any more", car(2, { category_fields: { model_year: 2020 } }), "put"],
    ["another price", car(2), "put"],
  ])("%s: %3$s", (_name, document, expected) => {
    const life = startLife();
    life.publish();
    life.want("2", document);
    expect(short(life.step())).toBe(expected);
  });

  it("not another plate for a listing that is deleted: that is the next generation", () => {
    const life = startLife();
    life.publish();
    life.look(life.row(gone, { state: "deleted" }));
    life.want("2", otherPlate);
    expect(short(life.step())).toBe("post");
  });

  it("another plate than the listing's, though the document before it had none", () => {
    const life = startLife();
    life.publish();
    life.want("2", car(2, { category_fields: { model_year: 2020 } }));
    life.step();
    life.reply(accepted);
    life.observe([...published(), ...published("r2", "update", 10)], { plate: null });
    life.want("3", otherPlate);
    expect(short(life.step())).toBe("validate");
  });

  it("not the first plate of a vehicle that had none", () => {
    const life = startLife();
    const vin = "YV1ZWA8UDL1234567";
    life.want("1", car(1, { category_fields: { model_year: 2020, vin } }));
    life.step();
    life.reply(accepted);
    life.observe(published(), { plate: null, vin });
    life.want("2", car());
    expect(short(life.step())).toBe("put");
  });

  it("a boat that becomes another type", () => {
    const life = startLife();
    life.publish("1", boat());
    life.want("2", { ...boat(), vehicleType: "caravan" });
    expect(short(life.step())).toBe("validate");
  });
});

describe("a correction", () => {
  it("is checked as the POST it will be, under the next generation's id, and nothing is begun yet", () => {
    const life = startLife();
    life.publish();
    const [first] = life.ad().listings;
    life.want("2", otherType);
    const action = life.step();
    const call = action.kind === "validate" ? action.call : undefined;
    expect(call).toMatchObject({
      dealerCode: "DEMO",
      vehicleType: "transport",
      body: { category_id: expect.any(Number) },
    });
    expect(call?.body.source_id).not.toBe(first?.id);
    expect(life.ad()).toMatchObject({ submissions: [], wish: { state: "waiting", isChecked: false } });
  });

  it("that is valid deletes the listing and publishes the next: one wish, one receipt", () => {
    const life = correcting();
    const [first] = life.ad().listings;
    life.validation(valid);
    expect(life.step()).toMatchObject({ kind: "write", call: { call: "delete", listingId: first?.id } });
    expect(life.ad().submissions).toMatchObject([{ purpose: "clear", owes: false, event: { id: "2" } }]);
    life.reply(accepted);
    life.observe(gone, { state: "deleted" });
    expect([life.tellings(), life.receipts()]).toEqual([["AdDeleted"], []]);
    const post = life.step();
    expect(post).toMatchObject({
      kind: "write",
      call: { call: "post", body: { category_fields: { registration_number: "XYZ789" } } },
    });
    expect(post.kind === "write" && post.call.listingId !== first?.id).toBe(true);
    life.reply(accepted);
    life.observe(published("n1"), { plate: "XYZ789" });
    expect(life.tellings()).toEqual(["AdDeleted", "AdPublished"]);
    expect(life.receipts()).toEqual(["2 applied published"]);
    expect(life.ad()).toMatchObject({ wish: { state: "ended" }, listings: [{ generation: 2 }] });
  });

  it("that the marketplace can't check goes on all the same", () => {
    const life = correcting();
    life.validation({ kind: "unavailable" });
    expect(short(life.step())).toBe("delete");
  });

  it("that is refused ends there: told, failed, and the listing stands as it was", () => {
    const life = correcting();
    life.validation({ kind: "refused", errors: refusal });
    expect(life.told()).toMatchObject([
      { type: "AdErrored", metadata: { correlationId: "2" }, data: { stage: "submission", errors: refusal } },
    ]);
    expect(life.receipts()).toEqual(["2 failed refused"]);
    expect([life.ad().wish?.state, short(life.step())]).toEqual(["ended", "none"]);
    expect(life.ad().listings).toMatchObject([{ deleted: false, generation: 1 }]);
  });

  it("that is refused twice tells two facts", () => {
    const life = correcting();
    life.validation({ kind: "refused", errors: refusal });
    life.want("3", otherPlate);
    life.step();
    life.validation({ kind: "refused", errors: refusal });
    expect(new Set(life.told().map(({ metadata }) => metadata.id)).size).toBe(2);
    expect(life.receipts()).toEqual(["2 failed refused", "3 failed refused"]);
  });

  it.each<[number | null, number]>([
    [null, 7.5 * second],
    [60 * second, 60 * second],
  ])("that could not be checked is checked again, Retry-After %s: in %i ms", (retryAfterMs, ms) => {
    const life = correcting();
    life.validation(failed(retryAfterMs));
    expect(nextActionAt(life.ad(), life.context())).toBe(life.now() + ms);
    life.wait(ms - 1);
    expect(short(life.step())).toBe("none");
    life.wait(1);
    expect(short(life.step())).toBe("validate");
  });

  it("that is refused leaves no clean outcome: the document that is live is sent again when asked for", () => {
    const life = correcting();
    life.validation({ kind: "refused", errors: refusal });
    expect(life.ad().settled).toMatchObject({ submission: 2, outcome: "refused", clean: false, warnings: [] });
    life.want("3");
    expect(short(life.step())).toBe("put");
  });

  it("that could not be checked holds up a charged call", () => {
    const life = correcting();
    life.validation(failed(60 * second));
    life.charge("b");
    expect(short(life.step())).toBe("none");
  });

  it("that is refused names the listing as it stands, and takes a number that no later write has", () => {
    const life = correcting();
    life.validation({ kind: "refused", errors: refusal });
    expect(life.told()[0]?.metadata.listingId).toBe(life.ad().listings[0]?.id);
    life.want("3", car(3));
    expect(life.step()).toMatchObject({ kind: "write", submission: 3 });
  });

  it("is answered once: what says so again is dropped", () => {
    const life = correcting();
    life.validation({ kind: "refused", errors: refusal });
    const before = life.ad();
    life.validation({ kind: "refused", errors: refusal });
    expect(life.ad()).toEqual(before);
  });

  it("that met a dead token is checked again once its lane lets it", () => {
    const life = correcting();
    life.validation({ kind: "unauthorized" });
    expect(life.ad().outbox).toEqual([]);
    expect(short(life.step())).toBe("validate");
  });

  it("that was replaced meanwhile is checked anew: the answer is another document's", () => {
    const life = correcting();
    life.want("3", otherType);
    life.validation(valid);
    expect(life.ad().wish).toMatchObject({ isChecked: false, event: { id: "3" } });
    expect(life.step()).toMatchObject({ kind: "validate", call: { vehicleType: "transport" } });
    expect(life.receipts()).toEqual(["2 superseded newer-wish"]);
  });

  it("whose removal is refused has failed, told once", () => {
    const life = correcting();
    life.validation(valid);
    life.step();
    life.reply({ kind: "refused", errors: refusal });
    life.step();
    life.readBack(life.row(published()));
    expect([life.tellings(), life.receipts()]).toEqual([["AdErrored"], ["2 failed refused"]]);
    expect([life.ad().wish?.state, short(life.step())]).toEqual(["ended", "none"]);
  });

  it("whose removal ends in error has failed", () => {
    const life = correcting();
    life.validation(valid);
    life.step();
    life.reply(accepted);
    life.observe([...published(), ...log("r2 delete processing @50", "r2 delete error @51")]);
    expect([life.tellings(), life.receipts()]).toEqual([["AdErrored"], ["2 failed errored"]]);
  });

  it("whose removal leaves the row alive is tried four times in all, and then told as drift", () => {
    const life = correcting();
    life.validation(valid);
    const entries = published();
    for (let round = 1; round <= 4; round += 1) {
      expect(short(life.step())).toBe("delete");
      life.reply(accepted);
      entries.push(...deleted(`d${round}`, 100 * round));
      life.observeAtRest(entries);
    }
    expect(life.told().at(-1)).toMatchObject({
      type: "AdErrored",
      metadata: { correlationId: "2", listingId: life.ad().listings[0]?.id },
      data: { stage: "drift", errors: [{ code: "drift", pointer: null }] },
    });
    expect(life.receipts()).toEqual(["2 failed drift"]);
    expect([life.ad().wish?.state, short(life.step())]).toEqual(["ended", "none"]);
  });

  it("that a sale overtakes deletes once and publishes nothing", () => {
    const life = correcting();
    life.validation(valid);
    life.step();
    life.reply(accepted);
    life.remove("3");
    expect(life.receipts()).toEqual(["2 superseded newer-wish"]);
    life.observe(gone, { state: "deleted" });
    expect(short(life.step())).toBe("none");
    expect(life.receipts()).toEqual(["2 superseded newer-wish", "3 suppressed already-absent"]);
  });

  it("whose removal shows no result leaves the wish waiting for it, and says so", () => {
    const life = correcting();
    life.validation(valid);
    life.step();
    life.reply(accepted);
    life.stall();
    life.wait(minute);
    expect(life.tellings()).toEqual(["AdStalled"]);
    expect(short(life.step())).toBe("none");
    life.look(life.row(published(), { state: "deleted" }));
    expect(short(life.step())).toBe("post");
  });
});

describe("a correction that the marketplace does not check", () => {
  it("is told as stalled after half an hour, once, and waits on", () => {
    const life = startLife();
    life.publish();
    const category_fields = { brand: "volvo", model_year: 2020, registration_number: "XYZ999" };
    life.want("2", car(100_000, { category_fields }));
    for (let count = 0; count < 12; count += 1) {
      expect(short(life.step())).toBe("validate");
      life.validation({ kind: "failed", reason: "HTTP 500", retryAfterMs: 10 * minute });
      life.wait(10 * minute);
      expect(life.tellings()).toEqual(count < 3 ? [] : ["AdStalled"]);
    }
    const listingId = life.ad().listings[0]?.id;
    expect(life.told()).toMatchObject([{ data: { call: "validate" }, metadata: { correlationId: "2", listingId } }]);
    expect(life.receipts()).toEqual([]);
  });

  it("is a fact of its own for each correction", () => {
    const life = correcting();
    life.wait(30 * minute);
    life.validation(failed(null));
    life.want("3", otherType);
    life.step();
    life.wait(30 * minute);
    life.validation(failed(null));
    expect(life.tellings()).toEqual(["AdStalled", "AdStalled"]);
    expect(new Set(life.told().map(({ metadata }) => metadata.id)).size).toBe(2);
  });
});
