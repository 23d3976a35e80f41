import { CloudEvent, emitterFor, HTTP, httpTransport, type Message, Mode } from "cloudevents";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { carEvent, upsertedBoat, upsertedCar } from "#test/unit/contracts/inventory-samples.ts";
import { apiKey, now, secret } from "./front-door.ts";
import { openHttpDoor } from "./http-door.ts";

let http: Awaited<ReturnType<typeof openHttpDoor>>;
beforeAll(async () => {
  http = await openHttpDoor();
});
afterAll(() => http[Symbol.asyncDispose]());
beforeEach(() => {
  http.door.queued.length = 0;
  http.door.now = now;
});

/** Both by packages that are not ours: the SDK makes the message and posts it, `standardwebhooks` signs in between. */
function emitter(mode: Mode, source = "dms") {
  const post = httpTransport(http.urlOf(source));
  return emitterFor((message: Message) => post(message, { headers: sign(String(message.body)) }), { mode });
}

function sign(body: string, { id = "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W", at = now, by = secret } = {}) {
  return {
    "webhook-id": id,
    "webhook-timestamp": String(at / 1000),
    "webhook-signature": new Webhook(by).sign(id, new Date(at), body),
  };
}

const car = new CloudEvent({
  id: "sdk-1",
  source: "/dms/stock",
  type: "inventory.item.upserted",
  subject: "abc-123",
  sequence: "17",
  data: upsertedCar,
});
const answered = (answer: unknown) => JSON.parse((answer as { body: string }).body);

describe("the CloudEvents SDK", () => {
  it("emits an event in structured mode that is taken as it was meant", async () => {
    const answer = answered(await emitter(Mode.STRUCTURED)(car));
    expect(answer).toEqual({ items: [{ id: "sdk-1", status: "queued" }] });
    expect(http.door.queued).toMatchObject([
      { event: { id: "sdk-1", type: car.type, time: car.time, sequence: "17", data: upsertedCar } },
    ]);
  });

  it("emits in binary mode what is refused with the way out, as no signature covers its headers", async () => {
    const answer = answered(await emitter(Mode.BINARY)(car));
    expect(answer).toMatchObject({ type: "/problems/binary-mode", status: 415 });
    expect(answer.detail).toContain("application/cloudevents+json");
    expect(http.door.queued).toEqual([]);
  });

  it("writes events that are taken as a batch which it reads itself", async () => {
    const boat = car.cloneWith({ id: "sdk-2", data: upsertedBoat });
    const contentType = "application/cloudevents-batch+json";
    const body = JSON.stringify([car, boat]);
    expect(HTTP.toEvent({ headers: { "content-type": contentType }, body })).toHaveLength(2);
    const message = { headers: { "content-type": contentType }, body };
    const answer = await httpTransport(http.urlOf("dms"))(message, { headers: sign(body) });
    expect(answered(answer).items).toEqual([
      { id: "sdk-1", status: "queued" },
      { id: "sdk-2", status: "queued" },
    ]);
    expect(http.door.queued).toMatchObject([{ event: { place: 0 } }, { event: { place: 1, data: upsertedBoat } }]);
  });

  it("reaches the door with a key in place of a signature", async () => {
    const post = httpTransport(http.urlOf("keyed"));
    const emit = emitterFor((message: Message) => post(message, { headers: { "X-API-Key": apiKey } }), {
      mode: Mode.STRUCTURED,
    });
    expect(answered(await emit(car)).items).toEqual([{ id: "sdk-1", status: "queued" }]);
  });
});

describe("Standard Webhooks", () => {
  const post = async (body: string, headers: Record<string, string>) => {
    const response = await fetch(http.urlOf("dms"), {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body,
    });
    return { status: response.status, body: await response.json() };
  };

  it("by the reference library, over text of every kind", async () => {
    const body = JSON.stringify({ ...carEvent, id: "å 🚗 \u2028 \u0000" });
    expect(await post(body, sign(body))).toMatchObject({ status: 202, body: { items: [{ status: "queued" }] } });
  });

  // The specification gives the content to be signed and the form of the headers, but no secret to its signature.
  const example = {
    type: "contact.created",
    timestamp: "2022-11-03T20:26:10.344522Z",
    data: { id: "1f81eb52-5198-4599-803e-771906343485" },
  };
  const asymmetric = "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==";
  it.each([
    ["minified", JSON.stringify(example)],
    ["as printed", JSON.stringify(example, null, 2)],
  ])("the specification's own example, %s, beside an asymmetric signature, is authentic", async (_, body) => {
    http.door.now = 1_674_087_231_000;
    const headers = sign(body, { at: http.door.now });
    const both = { ...headers, "webhook-signature": `${headers["webhook-signature"]} ${asymmetric}` };
    // It gets past the signature, and what it holds is no CloudEvent.
    expect(await post(body, both)).toMatchObject({ status: 400, body: { type: "/problems/not-cloudevents" } });
    const stranger = "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=";
    const foreign = { ...headers, "webhook-signature": `${stranger} ${asymmetric}` };
    expect(await post(body, foreign)).toMatchObject({ status: 401, body: { type: "/problems/invalid-signature" } });
  });

  it("the example that the reference libraries test with is authentic", async () => {
    const body = '{"test": 2432232314}';
    http.door.now = 1_614_265_330_000;
    http.door.cached = {
      dms: { secrets: ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"], dealers: ["DEMO"], listingIds: "uuid" },
    };
    const headers = {
      "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
      "webhook-timestamp": "1614265330",
      "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    };
    expect(await post(body, headers)).toMatchObject({ status: 400, body: { type: "/problems/not-cloudevents" } });
  });
});
