import { describe, expect, it } from "vitest";
import { drawPlot } from "#bench/docs/draw-plot.ts";
import type { Plot } from "#bench/result.ts";

const plot: Plot = {
  name: "a",
  title: "reads < writes",
  kind: "lines",
  xLabel: "x",
  yLabel: "y",
  logX: true,
  series: [{ name: "ours", points: [10, 100, 1000].map((x) => ({ x, y: x / 10 })) }],
};

describe("drawPlot", () => {
  it("puts powers of ten evenly apart on a logarithmic axis", () => {
    const [, way = ""] = drawPlot(plot).match(/points="([^"]+)"/) ?? [];
    const [a = 0, b = 0, c = 0] = way.split(" ").map((spot) => Number(spot.split(",")[0]));
    expect(b - a).toBeCloseTo(c - b, 0);
  });

  it("draws a bar of twice the figure twice as high", () => {
    const points = [
      { x: "one", y: 1 },
      { x: "two", y: 2 },
    ];
    const svg = drawPlot({ ...plot, kind: "bars", series: [{ name: "size", points }] });
    const heights = [...svg.matchAll(/height="([\d.]+)" fill="#1f6feb"/g)].map(([, height]) => Number(height));
    expect(heights[1]).toBeCloseTo(2 * (heights[0] ?? 0), 0);
  });

  it("escapes words", () => {
    expect(drawPlot(plot)).toContain("reads &lt; writes");
  });
});
