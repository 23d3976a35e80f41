import { expect } from "vitest";
import type { QuirkName, QuirkValues } from "#local/simulator/quirks.ts";
import type { Settings } from "#local/simulator/settings.ts";
import { boat, car } from "#test/unit/simulator/marketplace-fixture.ts";
import type { SimulatorApi } from "./simulator-api.ts";

/** How a quirk is seen from outside: what is looked at, and what is seen there under each alternative. */
type QuirkCase<Name extends QuirkName> = {
  settings?: Partial<Settings>;
  look: (api: SimulatorApi) => Promise<unknown>;
  shows: { [Value in QuirkValues[Name]]: unknown };
};

const post = (api: SimulatorApi, body: object = boat) => api.call("POST", pathOf(body), body);
const pathOf = (body: object) => ("title" in body ? "/v4/boat" : "/v4/car");
const statusOf = async (api: SimulatorApi, body: object) => (await post(api, body)).status;

async function rowOf(api: SimulatorApi, sourceId: string) {
  return (await api.call("GET", `/v4/ad/${sourceId}`)).body;
}

async function until<T>(look: () => Promise<T>, fits: (seen: T) => boolean): Promise<T> {
  let seen = await look();
  while (!fits(seen)) seen = await look();
  return seen;
}

/** Nothing can be told apart in time before the clock has gone on. */
async function nextMillisecond(api: SimulatorApi): Promise<void> {
  const now = Date.now();
  await until(
    () => api.control("GET", "charges"),
    () => Date.now() > now,
  );
}

const images = (count: number, protocol = "https") =>
  Array.from({ length: count }, (_, index) => `${protocol}://images.example/${index}.jpg`);

const isDone = (row: Awaited<ReturnType<typeof rowOf>>): boolean =>
  row.log.some(({ action, state }: { action: string; state: string }) => action === "publish" && state === "done");

async function lookAtRetry(api: SimulatorApi) {
  await post(api);
  const before = (await rowOf(api, "boat-1")).log;
  await api.call("GET", "/v4/ad/boat-1/retry");
  const { log } = await rowOf(api, "boat-1");
  const requests = new Set(log.map((line: { request_id: string }) => line.request_id));
  return { lines: log.length / before.length, requests: requests.size };
}

async function lookAtThrottle(api: SimulatorApi) {
  const { headers } = await until(
    () => api.call("GET", "/v4/ad"),
    ({ status }) => status === 429,
  );
  return [headers.get("content-type"), headers.get("retry-after")];
}

/** Whether an ad made now is older than the next second of a clock of UTC, in whichever zone that is read. */
async function lookAtFilterZone(api: SimulatorApi) {
  await post(api);
  const nextSecond = new Date(Date.now() + 1_000).toISOString().slice(0, 19).replace("T", " ");
  return (await api.call("GET", `/v4/ad?created__lte=${nextSecond}`)).body.count;
}

async function lookAtMessages(api: SimulatorApi) {
  await post(api, { ...car, image_urls: ["https://broken.example/1.jpg"] });
  const { log } = await rowOf(api, "car-1");
  return log
    .filter(({ state }: { state: string }) => state !== "processing")
    .map((line: { external_message: unknown }) => typeof line.external_message);
}

async function lookAtMigration(api: SimulatorApi) {
  const document = { title: "Of old", contact: { email: "a@b.se" }, category_fields: { brand: "nimbus" } };
  await api.control("POST", "v3-ads", { dealerCode: "DEMO", sourceId: "old", categoryId: 1061, document });
  const before = (await api.logOf("old")).length;
  const { source_id: _, category_id: __, ...payload } = boat;
  expect(await api.call("POST", "/v4/boat/old/migrate", payload)).toMatchObject({ status: 200 });
  return (await api.logOf("old"))[before];
}

/** One for every quirk and every alternative: the type asks for it. */
export const quirkCases: { [Name in QuirkName]: QuirkCase<Name> } = {
  putSemantics: {
    look: async (api) => {
      await post(api, { ...boat, url: "https://dealer.example" });
      return (await api.call("PUT", "/v4/boat/boat-1", boat)).body.url;
    },
    shows: { merge: "https://dealer.example", replace: null },
  },
  duplicateStatus: {
    look: async (api) => [await statusOf(api, boat), await statusOf(api, boat)],
    shows: { 400: [201, 400], 409: [201, 409] },
  },
  writeReply: {
    look: async (api) => {
      const { body } = await post(api);
      return body === "" ? body : ["id", "log", "request_id"].filter((name) => name in body);
    },
    shows: { row: ["id"], "row-with-log": ["id", "log"], "row-with-request-id": ["id", "request_id"], empty: "" },
  },
  pageEnvelope: {
    look: async (api) => {
      const pages = [await api.call("GET", "/v4/ad"), await post(api), await api.call("GET", "/v4/ad/boat-1/log")];
      return [pages[0]?.body, pages[2]?.body].map((body) => Array.isArray(body));
    },
    shows: { object: [false, false], array: [true, true] },
  },
  logField: {
    look: async (api) => {
      await post(api);
      return Object.keys(await rowOf(api, "boat-1")).filter((name) => name.startsWith("log"));
    },
    shows: { log: ["log"], logs: ["logs"] },
  },
  logOrder: {
    look: async (api) => {
      await post(api);
      return (await rowOf(api, "boat-1")).log.map(({ state }: { state: string }) => state)[0];
    },
    shows: { ascending: "processing", descending: "done" },
  },
  hiddenPublish: {
    look: async (api) => {
      await post(api, { ...boat, visible: false });
      return (await api.logOf("boat-1")).at(-1);
    },
    shows: { absent: "create done", present: "publish done" },
  },
  rowsPerSourceId: {
    look: async (api) => {
      await api.control("PATCH", "settings", { quirks: { logTimestampDigits: 3 } });
      await post(api);
      await nextMillisecond(api);
      await api.call("PUT", "/v4/boat/boat-1", { body: "2" });
      return (await api.call("GET", "/v4/ad?source_id=boat-1&ordering=-updated")).body.results.map(
        (row: { body: string | null }) => row.body,
      );
    },
    shows: { one: ["2"], "per-write": ["2", null] },
  },
  updatedMoves: {
    settings: { publishDelayMs: 30 },
    look: async (api) => {
      await api.control("PATCH", "settings", { quirks: { logTimestampDigits: 3 } });
      await post(api);
      const row = await until(() => rowOf(api, "boat-1"), isDone);
      return row.updated > row.created;
    },
    shows: { no: false, yes: true },
  },
  logTimestampDigits: {
    look: async (api) => (await post(api)).body.created.replace(/^.*:\d\d/, "").replace(/\d/g, "0"),
    shows: { 0: "Z", 3: ".000Z", 6: ".000000Z" },
  },
  nullBooleans: {
    look: (api) => statusOf(api, { ...boat, visible: null }),
    shows: { cleared: 201, refused: 400 },
  },
  repeatedDelete: {
    look: async (api) => {
      await post(api);
      await api.call("DELETE", "/v4/ad/boat-1");
      return (await api.call("DELETE", "/v4/ad/boat-1")).status;
    },
    shows: { accepted: 200, refused: 400, "not-found": 404 },
  },
  imageLimit: {
    look: async (api) => [
      await statusOf(api, { ...boat, source_id: "a", image_urls: images(21) }),
      await statusOf(api, { ...boat, source_id: "b", image_urls: images(39) }),
    ],
    shows: { 38: [201, 400], 20: [400, 400], none: [201, 201] },
  },
  reducedPrice: {
    look: async (api) => {
      await post(api);
      const price = [{ type: "reduced", amount: 1, currency: "SEK" }];
      return (await api.call("PATCH", "/v4/boat/boat-1", { price })).status;
    },
    shows: { alone: 200, "with-list": 400 },
  },
  retryLog: {
    look: lookAtRetry,
    shows: {
      "new-request": { lines: 2, requests: 2 },
      "same-request": { lines: 2, requests: 1 },
      nothing: { lines: 1, requests: 1 },
    },
  },
  fieldlessErrors: {
    look: async (api) => {
      await post(api, car);
      await api.call("DELETE", "/v4/ad/car-1");
      return (await api.call("PUT", "/v4/car/car-1", {})).body;
    },
    shows: {
      array: ["Ad has been deleted, cannot update"],
      "non-field-errors": { non_field_errors: ["Ad has been deleted, cannot update"] },
      detail: { detail: "Ad has been deleted, cannot update" },
    },
  },
  missingToken: {
    look: async (api) => (await api.call("GET", "/v4/ad", undefined, {})).body,
    shows: {
      "not-provided": { detail: "Authentication credentials were not provided." },
      "invalid-token": { detail: expect.stringMatching(/^Invalid token: /) },
    },
  },
  throttleReply: {
    settings: { requestsPerSecond: 1 },
    look: lookAtThrottle,
    shows: {
      seconds: ["application/json", "1"],
      date: ["application/json", expect.stringMatching(/ GMT$/)],
      "no-header": ["application/json", null],
      html: ["text/html", null],
    },
  },
  filterTimeZone: { look: lookAtFilterZone, shows: { UTC: 1, "Europe/Stockholm": 0 } },
  timestampZone: {
    look: async (api) => {
      const { created } = (await post(api)).body;
      return [created.slice(19), Math.abs(Date.now() - Date.parse(created)) < 60_000];
    },
    shows: { Z: ["Z", true], "+00:00": ["+00:00", true], "+01:00": ["+01:00", true] },
  },
  logTies: {
    look: async (api) => {
      await post(api);
      return [(await api.logOf("boat-1"))[0], (await rowOf(api, "boat-1")).log[0].action];
    },
    shows: { "as-written": ["create processing", "create"], reversed: ["publish done", "publish"] },
  },
  messageForm: {
    look: lookAtMessages,
    shows: {
      mixed: ["string", "object", "string"],
      text: ["string", "string", "string"],
      object: ["object", "object", "object"],
    },
  },
  categoryIdForm: {
    look: async (api) => (await post(api)).body.category_id,
    shows: { number: 1060, string: "1060" },
  },
  adIdComes: {
    settings: { publishDelayMs: 1_500 },
    look: async (api) => {
      await post(api);
      const row = await until(() => rowOf(api, "boat-1"), isDone);
      const first = row.blocket_ad_id === null;
      await until(
        () => rowOf(api, "boat-1"),
        ({ blocket_ad_id }) => blocket_ad_id !== null,
      );
      return first;
    },
    shows: { "with-publish": false, "after-publish": true },
  },
  imageProtocol: {
    look: (api) => statusOf(api, { ...boat, image_urls: images(1, "http") }),
    shows: { https: 400, "http-too": 201 },
  },
  priceTypes: {
    look: (api) => statusOf(api, { ...boat, price: [{ type: "monthly", amount: 1, currency: "SEK" }] }),
    shows: { typed: 400, all: 201 },
  },
  requiredFields: {
    look: (api) => statusOf(api, boat),
    shows: { typed: 201, older: 400 },
  },
  genericWrites: {
    look: async (api) => (await api.call("POST", "/v4/ad", boat)).status,
    shows: { absent: 405, present: 201 },
  },
  bumpInPolePosition: {
    look: async (api) => {
      await post(api, car);
      await api.call("GET", "/v4/ad/car-1/pole_position");
      return (await api.call("GET", "/v4/ad/car-1/bump")).status;
    },
    shows: { refused: 400, accepted: 200 },
  },
  deletedSourceId: {
    look: async (api) => {
      const { id } = (await post(api)).body;
      await api.call("DELETE", "/v4/ad/boat-1");
      await until(
        () => rowOf(api, "boat-1"),
        ({ state }) => state === "deleted",
      );
      const { status, body } = await post(api);
      return [status, body.id !== undefined && body.id !== id];
    },
    shows: { taken: [400, false], free: [201, true] },
  },
  validatePath: {
    look: async (api) => (await api.call("POST", "/v4/boat/validate", boat)).status,
    shows: { typed: 200, absent: 405 },
  },
  sellerFields: {
    look: async (api) => {
      const { status, body } = await api.call("POST", "/v4/car", { ...car, title: "Mine", contact: boat.contact });
      return [status, body.title, body.contact].flat();
    },
    shows: {
      refused: [
        400,
        "This field must not be sent for this category.",
        "This field must not be sent for this category.",
      ],
      ignored: [201, "Volvo V60 2019", null],
    },
  },
  boatCategories: {
    look: async (api) => {
      const { status, body } = await post(api, { ...boat, category_id: 1062 });
      const { count } = (await api.call("GET", "/v4/boat?category_id=1062")).body;
      return [status, body.category_id, count];
    },
    shows: { unified: [400, ["Must be 1060 for boat."], 0], split: [201, 1062, 1] },
  },
  storeId: {
    look: async (api) => {
      await post(api);
      await post(api, { ...boat, source_id: "other", dealer_code: "DEMO2" });
      const { blocket_store_id: storeId } = await until(() => rowOf(api, "boat-1"), isDone);
      await until(() => rowOf(api, "other"), isDone);
      return [typeof storeId, (await api.call("GET", `/v4/ad?blocket_store_id=${storeId}`)).body.count];
    },
    shows: { absent: ["undefined", 2], present: ["string", 1] },
  },
  migrateLog: { look: lookAtMigration, shows: { update: "update processing", create: "create processing" } },
};
