import type { Plot } from "#bench/result.ts";
import { type Axis, bandAxis, linearAxis, logAxis } from "./axis.ts";

const size = { width: 720, height: 360 };
const frame = { left: 70, right: 20, top: 44, bottom: 74 };
const colours = ["#1f6feb", "#d1482f", "#2f9e44", "#8250df", "#bf8700", "#57606a"];

type Point = { x: number | string; y: number };

/** A plot as an SVG document: plain shapes and text, readable on light and dark pages. The same plot is the same bytes. */
export function drawPlot(plot: Plot): string {
  const points = plot.series.flatMap((series) => series.points);
  const across = [frame.left, size.width - frame.right] as const;
  const up = [size.height - frame.bottom, frame.top] as const;
  const heights = points.map(({ y }) => y);
  const y = plot.kind === "lines" && plot.logY ? logAxis(heights, up) : linearAxis([0, ...heights], up);
  const x = xAxis(plot, points, across);
  const marks = plot.kind === "bars" ? bars(plot, x, y) : lines(plot, x, y);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" font-family="sans-serif" font-size="12">`,
    `<title>${escapeXml(plot.title)}</title>`,
    `<rect width="${size.width}" height="${size.height}" fill="#ffffff"/>`,
    text({ x: frame.left, y: 20, words: plot.title, more: 'font-size="15" font-weight="bold"' }),
    ...yTicks(y),
    ...(plot.kind === "bars" ? bandLabels(x) : xTicks(x)),
    text({ x: (across[0] + across[1]) / 2, y: size.height - 32, words: plot.xLabel, more: 'text-anchor="middle"' }),
    text({ x: 4, y: frame.top - 10, words: plot.yLabel, more: 'text-anchor="start"' }),
    ...marks,
    ...legend(plot),
    "</svg>\n",
  ].join("\n");
}

function xAxis(plot: Plot, points: Point[], across: readonly [number, number]): Axis {
  if (plot.kind === "bars") {
    return bandAxis([...new Set(points.map(({ x }) => String(x)))], across);
  }
  const values = points.map(({ x }) => Number(x));
  return plot.logX ? logAxis(values, across) : linearAxis(values, across);
}

/** Series beside each other within the band of a word. */
function bars({ series }: Plot, x: Axis, y: Axis): string[] {
  const band = (size.width - frame.left - frame.right) / x.ticks.length;
  const width = (band * 0.7) / series.length;
  return series.flatMap(({ points }, place) =>
    points.map((point) => {
      const left = x.at(point.x) - (width * series.length) / 2 + place * width;
      const top = y.at(point.y);
      return `<rect x="${round(left)}" y="${round(top)}" width="${round(width)}" height="${round(y.at(0) - top)}" fill="${colourOf(place)}"/>`;
    }),
  );
}

function lines({ series }: Plot, x: Axis, y: Axis): string[] {
  return series.flatMap(({ points }, place) => {
    const spots = points.map((point) => [round(x.at(point.x)), round(y.at(point.y))]);
    const way = spots.map((spot) => spot.join(",")).join(" ");
    return [
      `<polyline points="${way}" fill="none" stroke="${colourOf(place)}" stroke-width="2"/>`,
      ...spots.map(([cx, cy]) => `<circle cx="${cx}" cy="${cy}" r="3" fill="${colourOf(place)}"/>`),
    ];
  });
}

function yTicks(y: Axis): string[] {
  return y.ticks.flatMap(({ at, label }) => [
    `<line x1="${frame.left}" x2="${size.width - frame.right}" y1="${round(at)}" y2="${round(at)}" stroke="#d0d7de"/>`,
    text({ x: frame.left - 8, y: at + 4, words: label, more: 'text-anchor="end"' }),
  ]);
}

function xTicks(x: Axis): string[] {
  const below = size.height - frame.bottom + 18;
  return x.ticks.map(({ at, label }) => text({ x: at, y: below, words: label, more: 'text-anchor="middle"' }));
}

/** Broken into lines that fit their band, where one word does. */
function bandLabels({ ticks }: Axis): string[] {
  const mostLetters = (size.width - frame.left - frame.right) / ticks.length / 6;
  return ticks.flatMap(({ at, label }) => {
    const rows: string[] = [];
    for (const word of label.split(" ")) {
      const longer = rows.length === 0 ? word : `${rows.at(-1)} ${word}`;
      rows.splice(longer.length <= mostLetters ? -1 : rows.length, 1, longer.length <= mostLetters ? longer : word);
    }
    const y = size.height - frame.bottom + 14;
    return rows.map((words, row) =>
      text({ x: at, y: y + row * 11, words, more: 'text-anchor="middle" font-size="10"' }),
    );
  });
}

function legend({ series }: Plot): string[] {
  return series.flatMap(({ name }, place) => {
    const left = frame.left + place * 150;
    const top = size.height - 20;
    return [
      `<rect x="${left}" y="${top}" width="10" height="10" fill="${colourOf(place)}"/>`,
      text({ x: left + 15, y: top + 9, words: name, more: "" }),
    ];
  });
}

const colourOf = (place: number) => colours[place % colours.length];
const escapeXml = (words: string) => words.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const round = (value: number) => Math.round(value * 10) / 10;

function text({ x, y, words, more }: { x: number; y: number; words: string; more: string }): string {
  return `<text x="${round(x)}" y="${round(y)}" fill="#24292f" ${more}>${escapeXml(words)}</text>`;
}
