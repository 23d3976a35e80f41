import type { ApiRequest } from "./exchange.ts";
import { type FaultKind, jobFaultKinds } from "./fault-kinds.ts";
import { type Fault, type FaultInput, faultSchema, startsJob } from "./faults.ts";
import { drawFraction } from "./random.ts";
import type { MarketplaceState } from "./state.ts";

const statuses = [500, 502, 503, 408, 429];
/** The longest that a random fault delays anything: the answer, or the work. */
const longestAnswerMs = 3_000;
const longestWorkMs = 10_000;

function describe(state: MarketplaceState, kind: FaultKind): FaultInput {
  const upTo = (most: number) => Math.round(drawFraction(state) * most);
  switch (kind) {
    case "status":
      return { kind, status: statuses[Math.floor(drawFraction(state) * statuses.length)] ?? 500 };
    case "html":
      return { kind, acts: drawFraction(state) < 0.5 };
    case "slow":
      return { kind, delayMs: upTo(longestAnswerMs) };
    case "revoke-token":
      return { kind, forMs: upTo(longestAnswerMs) };
    case "late-log":
    case "stuck":
      return { kind, delayMs: upTo(longestWorkMs) };
    case "publish-error":
      return drawFraction(state) < 0.5 ? { kind } : { kind, recoversAfterMs: upTo(longestWorkMs) };
    default:
      return { kind };
  }
}

/** The random fault that meets a request, by the settings `faultRate` and `faultKinds`. At a rate of 0 nothing is drawn. */
export function drawFault(state: MarketplaceState, request: ApiRequest): Fault | null {
  const { faultRate, faultKinds } = state.settings;
  if (faultRate === 0 || drawFraction(state) >= faultRate) return null;
  const fitting = startsJob(request)
    ? faultKinds
    : faultKinds.filter((kind) => !(jobFaultKinds as readonly string[]).includes(kind));
  const kind = fitting[Math.floor(drawFraction(state) * fitting.length)];
  return kind === undefined ? null : faultSchema.parse(describe(state, kind));
}
