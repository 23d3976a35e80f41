import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { quirkNames, quirks } from "#local/simulator/quirks.ts";
import { boat, car, startMarketplace } from "./marketplace-fixture.ts";

const segment = fc.oneof(
  fc.constantFrom(
    "",
    "v4",
    "v3",
    "ad",
    "car",
    "boat",
    "car-1",
    "boat-1",
    "log",
    "bump",
    "pole_position",
    "validate",
    "%zz",
  ),
  fc.string(),
);
const method = fc.constantFrom("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
const path = fc.oneof(
  fc.constantFrom("/v4/car", "/v4/boat", "/v4/ad", "/v4/car/car-1", "/v4/boat/boat-1", "/v4/ad/boat-1/log"),
  fc.array(segment, { maxLength: 5 }).map((segments) => `/${segments.join("/")}`),
);
const parameter = fc.tuple(
  fc.constantFrom(
    "limit",
    "offset",
    "state",
    "source_id__in",
    "created__gt",
    "registration_number",
    "ordering",
    "fields",
    "include",
  ),
  fc.oneof(fc.string(), fc.constantFrom("log", "2025-99-99 99:99:99", "-1", "1", "constructor")),
);
const query = fc.array(parameter, { maxLength: 3 }).map((pairs) => new URLSearchParams(pairs).toString());

/** Bodies near the right ones: some fields replaced by any JSON. */
const field = fc.constantFrom(...Object.keys({ ...car, ...boat }), "location", "visible", "__proto__");
const body = fc.oneof(
  fc.string(),
  fc.json(),
  fc
    .tuple(fc.constantFrom(car, boat), fc.dictionary(field, fc.jsonValue(), { maxKeys: 3 }))
    .map(([document, changes]) => JSON.stringify({ ...document, source_id: "any", ...changes })),
  fc
    .tuple(
      fc.constantFrom(car, boat),
      fc.dictionary(fc.constantFrom("brand", "condition", "powertrain", "vin", "equipments"), fc.jsonValue()),
    )
    .map(([document, fields]) =>
      JSON.stringify({ ...document, source_id: "any", category_fields: { ...document.category_fields, ...fields } }),
    ),
);

const drawnQuirks = fc.record(
  Object.fromEntries(
    quirkNames.map((name) => [name, fc.constantFrom(...(quirks[name].alternatives as readonly unknown[]))]),
  ),
);

const documented = [200, 201, 400, 401, 403, 404, 405, 409, 413, 415];

describe("any request", () => {
  it("gets a documented answer, under any quirks", () => {
    const request = fc.record({ method, path, query, body });
    const histories = fc.array(request, { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(drawnQuirks, histories, (quirkValues, requests) => {
        const fixture = startMarketplace({ quirks: quirkValues as object });
        fixture.call("POST", "/v4/car", car);
        fixture.call("POST", "/v4/boat", boat);
        for (const one of requests) {
          const { kind, status } = fixture.call(one.method, `${one.path}?${one.query}`, one.body);
          expect(kind).toBe("respond");
          expect(documented).toContain(status);
          fixture.wait(200);
        }
        fixture.settle();
        for (const ad of fixture.marketplace.ads()) {
          expect(ad.isLive).toBe(ad.state === "created" && ad.document.visible !== false);
        }
      }),
      { numRuns: 500 },
    );
  });
});
