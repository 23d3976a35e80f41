import { describe, expect, it } from "vitest";
import { boat, car, logOf, solo, startMarketplace } from "./marketplace-fixture.ts";

const published = [
  "create processing",
  "create done",
  "handle_media processing",
  "handle_media done",
  "publish processing",
  "publish done",
];

describe("the life of an ad", () => {
  it("writes the log of the documents' example, to the second", () => {
    const fixture = startMarketplace({
      queueDelayMs: 0,
      processingDelayMs: 0,
      pauseDelayMs: 1000,
      mediaDelayMs: 1000,
      publishDelayMs: 2000,
    });
    fixture.call("POST", "/v4/car", car);
    fixture.wait(10_000);
    const { log } = fixture.call("GET", "/v4/car/car-1").body;
    const requestId = log[0].request_id;
    expect(requestId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    const line = (second: number, action: string, state: string, external_message: string) => ({
      request_id: requestId,
      created: `2025-01-15T10:00:0${second}Z`,
      action,
      state,
      external_message,
    });
    expect(log).toEqual([
      line(0, "create", "processing", "Processing"),
      line(0, "create", "done", "Ad created"),
      line(1, "handle_media", "processing", "Processing"),
      line(2, "handle_media", "done", "Images uploaded"),
      line(3, "publish", "processing", "Publishing in progress."),
      line(5, "publish", "done", "Ad published"),
    ]);
  });

  it("answers a POST with the row, without ids of the marketplace and without a log", () => {
    const fixture = startMarketplace();
    const { status, body } = fixture.call("POST", "/v4/car", { ...car, category_id: "1020", body: "<b>", unknown: 1 });
    expect(status).toBe(201);
    expect(body).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      source_id: "car-1",
      dealer_code: "DEMO",
      category_id: 1020,
      state: "created",
      title: "Volvo V60 2019",
      body: "-b-",
      visible: true,
      price: [{ type: "list", amount: 189_000, currency: "SEK" }],
      image_refs: [],
      url: null,
      video_url: null,
      location: null,
      contact: null,
      category_fields: car.category_fields,
      dont_publish_on_failed_images: false,
      product_declaration: null,
      blocket_ad_id: null,
      offer_id: null,
      api_version: "v4",
      created: "2025-01-15T10:00:00Z",
      updated: "2025-01-15T10:00:00Z",
    });
  });

  it("gives ids and images once they are there, an offer_id to registered vehicles alone", () => {
    const fixture = startMarketplace();
    fixture.call("POST", "/v4/car", car);
    fixture.call("POST", "/v4/boat", boat);
    fixture.settle();
    const { body } = fixture.call("GET", "/v4/ad/car-1");
    expect(body.blocket_ad_id).toMatch(/^\d+$/);
    expect(body.offer_id).toMatch(/^\d+$/);
    expect(body.image_refs.map((ref: { url: string }) => ref.url)).toEqual(car.image_urls);
    const other = fixture.call("GET", "/v4/ad/boat-1").body;
    expect(other.blocket_ad_id).not.toBe(body.blocket_ad_id);
    expect(other).not.toHaveProperty("offer_id");
    expect(other).toMatchObject({ title: "Nimbus 3003", contact: boat.contact });
  });

  it("does what is due at one instant in order of acceptance", () => {
    const fixture = startMarketplace();
    for (const source_id of ["a", "b", "c"]) fixture.call("POST", "/v4/boat", { ...boat, source_id });
    fixture.settle();
    const [a, b, c] = fixture.marketplace.ads().map((ad) => Number(ad.blocketAdId));
    expect([b, c]).toEqual([(a ?? 0) + 1, (a ?? 0) + 2]);
  });

  it("skips handle_media without images and publish when hidden", () => {
    const fixture = startMarketplace();
    fixture.call("POST", "/v4/car", { ...car, image_urls: undefined, visible: false });
    fixture.settle();
    expect(logOf(fixture, "car-1")).toEqual(["create processing", "create done"]);
    expect(fixture.marketplace.ads()[0]?.isLive).toBe(false);
    expect(fixture.call("GET", "/v4/ad/car-1").body.blocket_ad_id).toBeNull();
  });

  it("publishes a change under the same ids and leaves what it does not name", () => {
    const fixture = startMarketplace();
    fixture.call("POST", "/v4/car", car);
    fixture.settle();
    const before = fixture.call("GET", "/v4/ad/car-1").body;
    const fields = { color: "red", brand: null };
    const { status, body } = fixture.call("PUT", "/v4/car/car-1", { body: "New.", category_fields: fields });
    expect([status, body.body]).toEqual([200, "New."]);
    fixture.settle();
    const after = fixture.call("GET", "/v4/ad/car-1").body;
    expect(after.category_fields).toEqual({
      model: "v60",
      model_year: 2019,
      registration_number: "ABC123",
      color: "red",
    });
    expect(after.price).toEqual(car.price);
    expect(after.blocket_ad_id).toBe(before.blocket_ad_id);
    const rest = ["update processing", "update done", "publish processing", "publish done"];
    expect(logOf(fixture, "car-1")).toEqual([...published, ...rest]);
    expect(new Set(after.log.slice(6).map((line: { request_id: string }) => line.request_id)).size).toBe(1);
    expect(after.log[6].request_id).not.toBe(after.log[0].request_id);
    expect(fixture.marketplace.ads()[0]?.liveDocument).toMatchObject({ body: "New." });
  });

  it("handles media again only when the list of images changed", () => {
    const fixture = startMarketplace();
    fixture.call("POST", "/v4/car", car);
    fixture.settle();
    fixture.call("PATCH", "/v4/car/car-1", { image_urls: car.image_urls });
    fixture.settle();
    const refs = fixture.call("GET", "/v4/ad/car-1").body.image_refs;
    expect(logOf(fixture, "car-1").slice(6)).not.toContain("handle_media done");
    fixture.call("PATCH", "/v4/car/car-1", { image_urls: ["https://images.example/2.jpg"] });
    fixture.settle();
    expect(logOf(fixture, "car-1").slice(10)).toContain("handle_media done");
    expect(fixture.call("GET", "/v4/ad/car-1").body.image_refs).toEqual([refs[1]]);
  });

  it("unpublishes what becomes hidden and publishes it again under the old id", () => {
    const fixture = startMarketplace();
    fixture.call("POST", "/v4/car", car);
    fixture.settle();
    const { blocket_ad_id } = fixture.call("GET", "/v4/ad/car-1").body;
    fixture.call("PUT", "/v4/car/car-1", { visible: false });
    fixture.settle();
    expect(logOf(fixture, "car-1").slice(-2)).toEqual(["unpublish processing", "unpublish done"]);
    expect(fixture.marketplace.ads()[0]?.isLive).toBe(false);
    fixture.call("PUT", "/v4/car/car-1", { visible: true });
    fixture.settle();
    expect(logOf(fixture, "car-1").slice(-1)).toEqual(["publish done"]);
    expect(fixture.call("GET", "/v4/ad/car-1").body.blocket_ad_id).toBe(blocket_ad_id);
  });

  it("keeps state created until a DELETE is done", () => {
    const fixture = startMarketplace();
    fixture.call("POST", "/v4/car", car);
    fixture.settle();
    const reply = fixture.call("DELETE", "/v4/ad/car-1");
    expect([reply.status, reply.body.state]).toEqual([200, "created"]);
    fixture.wait(100);
    expect(fixture.call("GET", "/v4/ad/car-1").body.state).toBe("created");
    fixture.settle();
    const { body } = fixture.call("GET", "/v4/car/car-1");
    expect(body.state).toBe("deleted");
    const deletion = ["delete processing", "unpublish processing", "unpublish done", "delete done"];
    expect(logOf(fixture, "car-1").slice(6)).toEqual(deletion);
    expect(fixture.marketplace.ads()[0]?.isLive).toBe(false);
  });

  it("does not unpublish on DELETE what was never live", () => {
    const fixture = startMarketplace();
    fixture.call("POST", "/v4/boat", { ...boat, visible: false });
    fixture.call("DELETE", "/v4/boat/boat-1");
    fixture.settle();
    expect(logOf(fixture, "boat-1").slice(2)).toEqual(["delete processing", "delete done"]);
  });

  it("works through one ad's requests in order of acceptance, each with the document of its time", () => {
    const fixture = startMarketplace();
    fixture.call("POST", "/v4/boat", boat);
    fixture.call("PUT", "/v4/boat/boat-1", { visible: false });
    fixture.call("PUT", "/v4/boat/boat-1", { visible: true, body: "last" });
    expect(fixture.call("GET", "/v4/ad/boat-1").body.body).toBe("last");
    fixture.settle();
    const round = (action: string) => [`${action} processing`, `${action} done`];
    const actions = ["create", "publish", "update", "unpublish", "update", "publish"];
    expect(logOf(fixture, "boat-1")).toEqual(actions.flatMap(round));
    expect(fixture.marketplace.ads()[0]?.liveDocument).toMatchObject({ body: "last" });
  });

  it("refuses to update a registered vehicle from the acceptance of its DELETE on", () => {
    const fixture = startMarketplace();
    fixture.call("POST", "/v4/car", car);
    fixture.call("DELETE", "/v4/car/car-1");
    const refused = { status: 400, body: ["Ad has been deleted, cannot update"] };
    expect(fixture.call("PUT", "/v4/car/car-1", { body: "x" })).toMatchObject(refused);
    fixture.settle();
    expect(fixture.call("PATCH", "/v4/car/car-1", { body: "x" })).toMatchObject(refused);
    expect(fixture.call("POST", "/v4/car", car)).toMatchObject({
      status: 400,
      body: { source_id: ["Ad with this source_id already exists."] },
    });
  });

  it("revives another vehicle by PUT, also while its DELETE is under way", () => {
    const fixture = startMarketplace();
    fixture.call("POST", "/v4/boat", boat);
    fixture.call("DELETE", "/v4/boat/boat-1");
    fixture.settle();
    expect(fixture.call("PUT", "/v4/boat/boat-1", { body: "back" }).body.state).toBe("deleted");
    fixture.call("DELETE", "/v4/boat/boat-1");
    fixture.call("PUT", "/v4/boat/boat-1", { body: "back again" });
    fixture.settle();
    expect(fixture.call("GET", "/v4/ad/boat-1").body).toMatchObject({ state: "created", body: "back again" });
    expect(fixture.marketplace.ads()[0]?.isLive).toBe(true);
  });

  it("publishes with fewer images when one fails, and does not when that was asked", () => {
    const fixture = startMarketplace();
    const image_urls = ["https://broken.example/1.jpg", "https://images.example/2.jpg"];
    fixture.call("POST", "/v4/car", { ...car, image_urls });
    const { body: row } = fixture.call("POST", "/v4/boat", {
      ...boat,
      image_urls,
      dont_publish_on_failed_images: true,
    });
    expect(row.dont_publish_on_failed_images).toBe(true);
    fixture.settle();
    const { body } = fixture.call("GET", "/v4/ad/car-1");
    expect(logOf(fixture, "car-1").slice(3)).toEqual(["handle_media error", "publish processing", "publish done"]);
    expect(body.log[3].external_message).toEqual({
      image_urls: { "https://broken.example/1.jpg": ["Image could not be downloaded."] },
    });
    expect(body.image_refs).toHaveLength(1);
    expect(logOf(fixture, "boat-1").at(-1)).toBe("handle_media error");
    expect(fixture.marketplace.ads()[1]?.isLive).toBe(false);
  });

  it("fails every publish while the setting says so", () => {
    const fixture = startMarketplace({ publishOutcome: "error" });
    fixture.call("POST", "/v4/car", car);
    fixture.settle();
    expect(logOf(fixture, "car-1").at(-1)).toBe("publish error");
    expect(fixture.call("GET", "/v4/ad/car-1").body.blocket_ad_id).toBeNull();
  });

  it("shows the same whether it was looked at often or once", () => {
    const often = startMarketplace({ delayJitter: 0.5 });
    const once = startMarketplace({ delayJitter: 0.5 });
    for (const fixture of [often, once]) {
      for (const id of ["a", "b", "c"]) fixture.call("POST", "/v4/boat", { ...boat, source_id: id });
    }
    for (let step = 0; step < 500; step += 1) {
      often.wait(10);
      often.marketplace.advance();
    }
    once.wait(5000);
    expect(often.marketplace.ads()).toEqual(once.marketplace.ads());
    expect(once.marketplace.ads().every(({ isLive }) => isLive)).toBe(true);
  });

  it("lets time stand still when the clock goes back", () => {
    const fixture = startMarketplace();
    fixture.call("POST", "/v4/car", car, solo);
    fixture.call("POST", "/v4/car", car);
    fixture.settle();
    fixture.wait(-3_600_000);
    fixture.call("PUT", "/v4/car/car-1", { body: "x" });
    const { created, updated } = fixture.call("GET", "/v4/ad/car-1").body;
    expect(updated >= created).toBe(true);
    expect(fixture.marketplace.hasPendingJobs()).toBe(true);
  });
});
