import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Route } from "#local/simulator/api/route.ts";
import { matchRoute, routes } from "#local/simulator/api/routes.ts";
import { type QuirkValues, quirkNames, quirks } from "#local/simulator/quirks.ts";
import { describeStatuses, replySchemas } from "#local/simulator/schema/describe-api.ts";
import { type Answer, boat, car, startMarketplace } from "./marketplace-fixture.ts";

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "TRACE", "get", "constructor"];
const method = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...methods) }, fc.string());

const names = ["car-1", "boat-1", "old", "nobody", "car", "boat", "brand", "constructor", "%zz", "%2F", "a%00b", ""];
const name = fc.oneof(fc.constantFrom(...names), fc.string());
const segment = fc.oneof(name, fc.constantFrom("v4", "v3", "ad", "log", "bump", "validate", "vehicles", "docs"));
/** One registered type and one other stand for all, so that every route is met in a few hundred histories. */
const drawnRoutes = routes.filter(({ vehicleType }) => [null, "car", "boat"].includes(vehicleType));
const fill = (path: string, values: string[]) => path.replace(/\{\w+\}/g, () => values.pop() ?? "");
const drawnNames = fc.array(name, { minLength: 2, maxLength: 2 });
const knownPath = fc.tuple(fc.constantFrom(...drawnRoutes), drawnNames).map(([{ path }, values]) => fill(path, values));
const anyPath = fc.array(segment, { maxLength: 6 }).map((segments) => `/${segments.join("/")}`);
const target = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.constantFrom(...drawnRoutes.flatMap(operationsOf)), drawnNames)
      .map(([known, values]) => ({ method: known.method, path: fill(known.path, values) })),
  },
  fc.record({ method, path: fc.oneof(knownPath, anyPath, fc.string()) }),
);

function operationsOf({ path, operations }: Route): { method: string; path: string }[] {
  return Object.keys(operations).map((each) => ({ method: each, path }));
}

const parameters = [
  ...["limit", "offset", "state", "source_id__in", "created__gt", "registration_number", "ordering", "fields"],
  ...["include", "category_id__in", "action", "brand", "exclude_bytbil", "exclude_blocket", "__proto__"],
];
const parameterValue = fc.oneof(fc.string(), fc.constantFrom("log", "2025-99-99 99:99:99", "-1", "1", "true", "volvo"));
const query = fc.oneof(
  fc
    .array(fc.tuple(fc.constantFrom(...parameters), parameterValue), { maxLength: 3 })
    .map((pairs) => new URLSearchParams(pairs.map(([key, value]): [string, string] => [key, value])).toString()),
  fc.string(),
);

const rarely = (right: string[], wrong: string[]) =>
  fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...right) },
    { weight: 1, arbitrary: fc.constantFrom(...wrong) },
    { weight: 1, arbitrary: fc.string() },
  );
const json = ["application/json", "application/json; charset=utf-8", "Application/JSON ;x"];
const headers = fc.record({
  "x-auth-token": rarely(["sandbox-token"], ["sandbox-solo-token", "", "nobody", "constructor"]),
  "content-type": rarely(json, ["text/plain", "", "multipart/form-data", "application/jsonp"]),
  host: fc.string(),
});

/** Bodies near the right ones: some fields replaced by any JSON. */
const field = fc.constantFrom(...Object.keys({ ...car, ...boat }), "location", "visible", "__proto__");
const categoryField = fc.constantFrom("brand", "condition", "powertrain", "physics", "vin", "equipments", "model_year");
const document = fc.constantFrom(car, boat);
const body = fc.oneof(
  fc.string(),
  fc.json(),
  fc.constantFrom("{}", "null", "[]", "1", "\ufeff{}", '{"a":1}{', "[".repeat(100_000)),
  { weight: 1, arbitrary: fc.constant(" ".repeat(2 * 1024 * 1024 + 1)) },
  fc
    .tuple(document, fc.dictionary(field, fc.jsonValue(), { maxKeys: 3 }))
    .map(([base, changes]) => JSON.stringify({ ...base, source_id: "any", ...changes })),
  fc
    .tuple(document, fc.dictionary(categoryField, fc.jsonValue()))
    .map(([base, fields]) =>
      JSON.stringify({ ...base, source_id: "any", category_fields: { ...base.category_fields, ...fields } }),
    ),
);

const drawnQuirks = fc.record(
  Object.fromEntries(
    quirkNames.map((quirk) => [quirk, fc.constantFrom(...(quirks[quirk].alternatives as readonly unknown[]))]),
  ),
);

/** A refusal by field holds nothing but texts at its ends. */
function isErrorShape(value: unknown): boolean {
  if (typeof value === "string") return true;
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).every(isErrorShape);
}

function checkAnswer(request: { method: string; path: string }, answer: Answer, values: QuirkValues): void {
  const { status, headers: replied, body: reply } = answer;
  expect(answer.kind).toBe("respond");
  const match = matchRoute(request.path, values);
  const operations = match?.operations ?? {};
  const operation = Object.hasOwn(operations, request.method) ? operations[request.method] : undefined;
  if (match === null) expect(status).toBe(404);
  else if (operation === undefined) expect([401, 405]).toContain(status);
  else {
    const statuses = describeStatuses(operation, values);
    expect(Object.keys(statuses).map(Number)).toContain(status);
    const schemaName = statuses[status] ?? null;
    if (schemaName !== null) expect(replySchemas(values)[schemaName]?.safeParse(reply).error?.issues).toBeUndefined();
  }
  if (status === 405) expect(replied.allow?.split(", ")).toEqual(Object.keys(operations).sort());
  if (status >= 400) expect(isErrorShape(reply)).toBe(true);
}

describe("any request", () => {
  it("gets an answer as it is described, under any quirks, and never a 500", { timeout: 60_000 }, () => {
    const request = fc
      .tuple(target, fc.record({ query, headers, body }))
      .map(([where, rest]) => ({ ...where, ...rest }));
    const histories = fc.array(request, { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(drawnQuirks, histories, (quirkValues, requests) => {
        const fixture = startMarketplace({ quirks: quirkValues as object });
        fixture.call("POST", "/v4/car", car);
        fixture.call("POST", "/v4/boat", boat);
        const old = { title: "Old", contact: boat.contact, category_fields: {} };
        fixture.marketplace.seedV3Ad({ dealerCode: "DEMO", sourceId: "old", categoryId: 1061, document: old });
        for (const one of requests) {
          const { marketplace } = fixture;
          const outcome = marketplace.handle(one);
          const isJson = outcome.kind === "respond" && outcome.headers["content-type"] === "application/json";
          const answer = { status: 0, headers: {}, ...outcome, body: isJson ? JSON.parse(outcome.body) : null };
          checkAnswer(one, answer, quirkValues as QuirkValues);
          fixture.wait(200);
        }
        fixture.settle();
        for (const ad of fixture.marketplace.ads()) {
          expect(ad.isLive).toBe(ad.state === "created" && ad.document.visible !== false);
        }
      }),
      { numRuns: 300 },
    );
  });
});
