import { type QuirkName, quirkNames, quirks } from "#local/simulator/quirks.ts";
import type { Settings, SettingsPatch } from "#local/simulator/settings.ts";
import { drawChanges } from "./draw-changes.ts";
import { dealers, drawItems } from "./draw-items.ts";
import { fitForLongLogs, withLongLogs } from "./draw-long-logs.ts";
import { drawSpoiltListings } from "./draw-spoilt-listings.ts";
import { drawStrangeActs } from "./draw-strange-acts.ts";
import { type History, type Outage, type StormLevel, stormLevels, type TokenChange } from "./history.ts";
import { chance, makeRandom, pick, type Random, spread, whole } from "./random.ts";

const minute = 60_000;

/** The history of a seed. Without a level, seeds take turns: one in four calm, one in four mild, two stormy. */
export function generateHistory(seed: number, level: StormLevel | null = null): History {
  const random = makeRandom(seed);
  const storm = level ?? stormLevels[Math.min(2, seed % 4)] ?? "storm";
  const items = withLongLogs(seed, drawItems(random));
  const changes = drawChanges(random, items);
  const spoiltListings = drawSpoiltListings(seed, items, changes);
  const lastAt = Math.max(...changes.map(({ at }) => at));
  return {
    seed,
    storm,
    marketplace: fitForLongLogs(items, drawMarketplace(random, seed)),
    waits: drawWaits(random),
    items,
    changes,
    outages: storm === "storm" ? drawOutages(random, lastAt) : [],
    tokenChanges: storm === "none" ? [] : drawTokenChanges(random, lastAt),
    strangeActs: drawStrangeActs(seed, items, changes),
    spoiltListings,
    calmAt: lastAt + (storm === "none" ? 0 : spread(random, minute, 60 * minute)),
  };
}

/**
 * Quirks that came later draw from a chance of their own, so that the history of a seed keeps its items, changes and
 * outages however many quirks there are.
 */
const firstQuirks: readonly QuirkName[] = [
  "putSemantics",
  "duplicateStatus",
  "writeReply",
  "pageEnvelope",
  "logField",
  "logOrder",
  "hiddenPublish",
  "rowsPerSourceId",
  "updatedMoves",
  "logTimestampDigits",
  "nullBooleans",
  "repeatedDelete",
];

/** Under these most documents of a history are refused, rightly: then little of a life is left to look at. */
const refusing: readonly QuirkName[] = ["requiredFields"];

/**
 * An id that is used again takes the log of its former ad away, with the lines that the invariants hold facts against.
 * Of the others the bridge meets `validatePath` alone; they are left out so that a seed stays the history it was.
 */
const cameLater: readonly QuirkName[] = [
  "deletedSourceId",
  "sellerFields",
  "boatCategories",
  "storeId",
  "validatePath",
];
const leftOut: readonly QuirkName[] = [...refusing, ...cameLater];

function drawQuirks(random: Random, seed: number): [QuirkName, string | number][] {
  const isPlain = chance(random, 0.2);
  const own = makeRandom(seed ^ 0x51a7);
  const later = quirkNames.filter((name) => !firstQuirks.includes(name) && !leftOut.includes(name));
  const draw = (name: QuirkName, by: Random): [QuirkName, string | number] => [
    name,
    isPlain ? quirks[name].default : pick<string | number>(by, quirks[name].alternatives),
  ];
  return [...firstQuirks.map((name) => draw(name, random)), ...later.map((name) => draw(name, own))];
}

/** Every point on which the documents of the API are silent or at odds is drawn; so is how fast it works. */
function drawMarketplace(random: Random, seed: number): SettingsPatch {
  const values = drawQuirks(random, seed);
  const slowness = spread(random, 1, 60);
  const delay = () => Math.round(spread(random, 30, 500) * slowness);
  const delays: Partial<Settings> = {
    queueDelayMs: delay(),
    processingDelayMs: delay(),
    pauseDelayMs: delay(),
    mediaDelayMs: delay(),
    publishDelayMs: delay(),
    unpublishDelayMs: delay(),
    deleteDelayMs: delay(),
    bumpDelayMs: delay(),
    delayJitter: pick(random, [0, 0.5, 3]),
    maxPageSize: pick(random, [500, 500, 500, 3]),
  };
  return { ...delays, quirks: Object.fromEntries(values) };
}

/** The bridge's own pace: what holds at one holds at any. The slower ones make a history cheap to play. */
function drawWaits(random: Random): History["waits"] {
  return { roundMs: pick(random, [5_000, 20_000, 20_000, 30_000]) };
}

const outageKinds = ["status", "not-sent", "hang", "forbidden"] as const;

function drawOutages(random: Random, lastAt: number): Outage[] {
  return Array.from({ length: whole(random, 0, 2) }, () => {
    const from = whole(random, 0, lastAt);
    const times = { from, until: from + spread(random, minute, 40 * minute) };
    const kind = pick(random, outageKinds);
    return kind === "forbidden" ? { ...times, kind, dealerCode: pick(random, dealers) } : { ...times, kind };
  });
}

/** Now and then a token dies and is replaced or comes back, or gets another name, or both. */
function drawTokenChanges(random: Random, lastAt: number): TokenChange[] {
  const dealerCode = pick(random, dealers);
  const at = whole(random, 0, lastAt);
  const laterAt = at + spread(random, minute, 40 * minute);
  const dies: TokenChange[] = [
    { at, dealerCode, kind: "revoked" },
    { at: laterAt, dealerCode, kind: pick(random, ["replaced", "restored"] as const) },
  ];
  const renamed: TokenChange = { at: whole(random, 0, lastAt), dealerCode, kind: "renamed" };
  return [...(chance(random, 0.2) ? dies : []), ...(chance(random, 0.15) ? [renamed] : [])];
}
