import type { FaultInput } from "#local/simulator/faults.ts";
import type { Outage } from "./history.ts";
import type { HistoryWorld, MadeWrite } from "./history-world.ts";
import { chance, pick, pickWeighted, type Random, spread } from "./random.ts";
import type { Rates } from "./rates.ts";

const second = 1_000;
const minute = 60 * second;

/** Within the day that the guarantees give a write to reach Blocket's log. */
const longestLogDelayMs = 23 * 60 * minute;

/**
 * What befalls one HTTP exchange. `acted`: the marketplace acted all the same. `late`: it acts after the answer was lost.
 * `isLost`: so is the answer.
 */
export type HttpFate =
  | { kind: "not-sent" }
  | { kind: "status"; status: number; retryAfter: number | null; acted: boolean }
  | { kind: "hang"; acted: boolean }
  | { kind: "drop"; acted: boolean }
  | { kind: "garbled"; body: string; acted: true }
  | { kind: "late"; afterMs: number; isHanging: boolean }
  | { kind: "late-root"; delayMs: number; isLost: boolean }
  | { kind: "job"; fault: FaultInput & { kind: "late-log" | "stuck" | "publish-error" } };

type Asked = { made: MadeWrite | null; dealerCode: string | null };

/** `made` is the write that is being made, null for a read; `dealerCode` whom it is about, null where it is about many. */
export function drawHttpFate(world: HistoryWorld, { made, dealerCode }: Asked): HttpFate | null {
  const outage = world.outageNow(dealerCode);
  if (outage !== null) {
    return outageFate(outage);
  }
  if (world.isCalm()) {
    return null;
  }
  const { luck, rates } = world;
  return made === null
    ? luck.draw("read", (random) => drawReadFate(random, rates))
    : luck.draw(`${made.call} ${made.item}`, (random) => drawWriteFate(random, rates));
}

function outageFate(kind: Outage["kind"]): HttpFate {
  switch (kind) {
    case "status":
      return { kind, status: 503, retryAfter: null, acted: false };
    case "forbidden":
      return { kind: "status", status: 403, retryAfter: null, acted: false };
    case "not-sent":
      return { kind };
    case "hang":
      return { kind, acted: false };
    case "unanswered":
      return { kind: "hang", acted: true };
  }
}

function drawReadFate(random: Random, { http }: Rates): HttpFate | null {
  const kind = pickWeighted(random, http);
  return kind === null ? null : drawTrouble(random, kind, false);
}

function drawWriteFate(random: Random, { http, late, job }: Rates): HttpFate | null {
  const kind = pickWeighted(random, { ...http, late, ...job });
  switch (kind) {
    case null:
      return null;
    case "late":
      return { kind, afterMs: spread(random, second, 20 * minute), isHanging: chance(random, 0.3) };
    case "late-root":
      return { kind, delayMs: spread(random, second, 90 * minute), isLost: chance(random, 0.5) };
    case "late-log":
    case "stuck":
    case "publish-error":
      return { kind: "job", fault: drawJobFault(random, kind) };
    default:
      return drawTrouble(random, kind, chance(random, 0.6));
  }
}

/** As often as they stand here. The last three are never answered after acting. */
const troubles = [500, 502, 503, 408, 500, 502, 503, 408, 429, 429, 401, 403] as const;
const unacted: readonly number[] = [429, 401, 403];
const garbled = ["<html><body>Bad gateway</body></html>", '{"id": "1', "\u0000"] as const;

function drawTrouble(random: Random, kind: keyof Rates["http"], acted: boolean): HttpFate {
  switch (kind) {
    case "not-sent":
      return { kind };
    case "status": {
      const status = pick(random, troubles);
      const retryAfter = chance(random, 0.3) ? spread(random, 1, 120) : null;
      return { kind, status, retryAfter, acted: acted && !unacted.includes(status) };
    }
    case "hang":
    case "drop":
      return { kind, acted };
    case "garbled":
      return { kind, body: pick(random, garbled), acted: true };
  }
}

function drawJobFault(
  random: Random,
  kind: Exclude<keyof Rates["job"], "late-root">,
): Extract<HttpFate, { kind: "job" }>["fault"] {
  switch (kind) {
    case "late-log":
      return chance(random, 0.2)
        ? { kind, delayMs: spread(random, 15 * minute, longestLogDelayMs) }
        : { kind, delayMs: spread(random, second, 15 * minute) };
    case "stuck":
      return { kind, delayMs: spread(random, 10 * second, 90 * minute) };
    case "publish-error":
      return chance(random, 0.4) ? { kind, recoversAfterMs: spread(random, 10 * second, 60 * minute) } : { kind };
  }
}
