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

  it("breaks long words below bars into lines, and begins the name of the axis within the page", () => {
    const points = Array.from({ length: 10 }, (_, place) => ({ x: `DynamoDB write units ${place}`, y: 1 }));
    const svg = drawPlot({ ...plot, yLabel: "mean delay, s", kind: "bars", series: [{ name: "size", points }] });
    expect(svg).toContain(">DynamoDB</text>");
    expect(svg).not.toContain("DynamoDB write");
    expect(svg).toMatch(/<text x="4" [^>]*text-anchor="start">mean delay, s</);
  });

  it("escapes words", () => {
    expect(drawPlot(plot)).toContain("reads &lt; writes");
  });
});
