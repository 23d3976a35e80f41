import { describe, expect, it } from "vitest";
import { boat, car, logOf, startMarketplace } from "./marketplace-fixture.ts";

const bump = "/v4/ad/car-1/bump";
const polePosition = "/v4/ad/car-1/pole_position";

describe("charged calls", () => {
  it("logs and counts a bump for each call", () => {
    const fixture = startMarketplace();
    fixture.call("POST", "/v4/car", car);
    expect(fixture.call("GET", `${bump}?exclude_bytbil=true`).status).toBe(200);
    expect(fixture.call("GET", "/v4/car/car-1/bump").status).toBe(200);
    fixture.settle();
    expect(logOf(fixture, "car-1").slice(-4)).toEqual(["bump processing", "bump done", "bump processing", "bump done"]);
    expect(fixture.marketplace.charges()).toEqual({ bump: 2, pole_position: 0 });
  });

  it("logs pole position as boost, and has one at a time for three days", () => {
    const fixture = startMarketplace();
    fixture.call("POST", "/v4/car", car);
    fixture.settle();
    const boostedAt = fixture.now();
    expect(fixture.call("GET", polePosition).status).toBe(200);
    fixture.settle();
    expect(logOf(fixture, "car-1").slice(-2)).toEqual(["boost processing", "boost done"]);
    fixture.wait(boostedAt + 3 * 86_400_000 - 1 - fixture.now());
    for (const target of [polePosition, bump]) {
      expect(fixture.call("GET", target)).toMatchObject({ status: 400, body: [expect.any(String)] });
    }
    fixture.wait(1);
    expect(fixture.call("GET", polePosition).status).toBe(200);
    expect(fixture.marketplace.charges()).toEqual({ bump: 0, pole_position: 2 });
  });

  it("charges nothing that it refuses", () => {
    const fixture = startMarketplace();
    fixture.call("POST", "/v4/boat", boat);
    expect(fixture.call("GET", "/v4/ad/boat-1/pole_position").status).toBe(400);
    fixture.call("POST", "/v4/car", { ...car, visible: false });
    for (const target of [bump, polePosition]) expect(fixture.call("GET", target).status).toBe(400);
    fixture.call("PUT", "/v4/car/car-1", { visible: true });
    fixture.call("DELETE", "/v4/ad/car-1");
    for (const target of [bump, polePosition]) expect(fixture.call("GET", target).status).toBe(400);
    expect(fixture.marketplace.charges()).toEqual({ bump: 0, pole_position: 0 });
  });

  it.each([
    ["exclude_bytbil=true", 200],
    ["exclude_blocket=true&exclude_bytbil=false", 200],
    ["exclude_blocket=true&exclude_bytbil=true", 400],
    ["exclude_bytbil=1", 400],
  ])("renews a registered vehicle with ?%s: %i", (query, status) => {
    const fixture = startMarketplace();
    fixture.call("POST", "/v4/car", car);
    expect(fixture.call("GET", `${bump}?${query}`).status).toBe(status);
    expect(fixture.marketplace.charges().bump).toBe(status === 200 ? 1 : 0);
  });

  it("excludes no marketplace for other vehicles", () => {
    const fixture = startMarketplace();
    fixture.call("POST", "/v4/boat", boat);
    expect(fixture.call("GET", "/v4/boat/boat-1/bump?exclude_bytbil=true").status).toBe(400);
    expect(fixture.call("GET", "/v4/boat/boat-1/bump").status).toBe(200);
  });

  it("needs a dealer with bump permissions", () => {
    const fixture = startMarketplace({ dealersWithoutBump: ["DEMO"] });
    fixture.call("POST", "/v4/car", car);
    expect(fixture.call("GET", bump).status).toBe(403);
    expect(fixture.call("GET", polePosition).status).toBe(200);
    expect(fixture.marketplace.charges()).toEqual({ bump: 0, pole_position: 1 });
  });

  it("has charged a call whose answer was dropped", () => {
    const fixture = startMarketplace();
    fixture.call("POST", "/v4/car", car);
    fixture.marketplace.addFault({ kind: "drop-before" });
    fixture.marketplace.addFault({ kind: "drop-after" });
    fixture.call("GET", bump);
    expect(fixture.marketplace.charges().bump).toBe(0);
    fixture.call("GET", bump);
    expect(fixture.marketplace.charges().bump).toBe(1);
  });
});
