import { describe, expect, it } from "vitest";
import { fillMarkers } from "#bench/docs/fill-markers.ts";

const texts = new Map([
  ["cold.first.ours", "3 ms"],
  ["all", "| a |\n| --- |"],
]);

describe("fillMarkers", () => {
  it("replaces what is between the markers, as often as it is asked", () => {
    const once = fillMarkers("It takes <!-- bench:cold.first.ours -->9 ms<!-- /bench -->.", texts, "README.md");
    expect(once).toBe("It takes <!-- bench:cold.first.ours -->3 ms<!-- /bench -->.");
    expect(fillMarkers(once, texts, "README.md")).toBe(once);
  });

  it("gives a table lines of its own", () => {
    const filled = fillMarkers("<!-- bench:all --><!-- /bench -->", texts, "README.md");
    expect(filled).toBe("<!-- bench:all -->\n\n| a |\n| --- |\n\n<!-- /bench -->");
    expect(fillMarkers(filled, texts, "README.md")).toBe(filled);
  });

  it("refuses a figure that nothing measures", () => {
    const quote = () => fillMarkers("<!-- bench:old.ratio -->0.1<!-- /bench -->", texts, "README.md");
    expect(quote).toThrow("README.md quotes old.ratio");
  });
});
