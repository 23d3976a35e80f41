import { advanceTo } from "#local/simulator/worker/advance.ts";
import { replayLine, takeControl, takeRequest } from "./apply-input.ts";
import {
  type AdminAdInput,
  adminAdSchema,
  type ClockInput,
  clockSchema,
  type V3AdInput,
  v3AdSchema,
} from "./control-inputs.ts";
import type { ApiRequest, Outcome } from "./exchange.ts";
import { type FaultInput, faultSchema } from "./faults.ts";
import { type ControlInput, type Journal, type JournalLine, snapshotLines, withoutIdleHeaders } from "./journal.ts";
import { keepJournal } from "./keep-journal.ts";
import { describeQuirks } from "./quirks.ts";
import type { Settings, SettingsPatch } from "./settings.ts";
import {
  changeSettings,
  createState,
  type MarketplaceState,
  mostRequests,
  type RequestRecord,
  type StoredAd,
} from "./state.ts";
import type { Tokens } from "./tokens.ts";

export interface MarketplaceOptions {
  /** The time in ms since 1970. Should it go back, time stands still here until it has caught up. */
  clock: () => number;
  /** Of all ids and jitter: the same seed and the same calls at the same times give the same bytes. */
  seed: number;
  settings?: SettingsPatch;
  tokens: Tokens;
  /** With one that holds a former life, that life goes on, under what `settings` names; `seed` is then that of the former life. */
  journal?: Journal;
}

/** An ad with everything known of it, also what the API does not show. */
export type AdTruth = Readonly<StoredAd> & { isLive: boolean };

/**
 * The marketplace behind the Pro Import API, as a state machine: no timers, no sockets. What is asynchronous happens at
 * its due time, whenever somebody next looks.
 */
export interface Marketplace {
  /** Takes one request as the API would. Never throws, whatever the request. */
  handle(request: ApiRequest): Outcome;
  /** Does what is due by the clock; `handle` and all readers below do so themselves. */
  advance(): void;
  /** Throws a ZodError when it is no fault. */
  addFault(fault: FaultInput): void;
  clearFaults(): void;
  changeSettings(patch: SettingsPatch): void;
  /** Lets time pass at once, with all that is due in it: three days of pole position, say. Throws a ZodError when it is no time. */
  moveClock(move: ClockInput): void;
  /** The instant it is for the marketplace, in ms. */
  now(): number;
  /** Puts an ad of V3 there, already published. Throws a ZodError for a category that leads nowhere in V4. */
  seedV3Ad(ad: V3AdInput): void;
  /** Puts an ad into Blocket Admin, for the API to take over by its plate. */
  addAdminAd(ad: AdminAdInput): void;
  settings(): Settings & { quirks: ReturnType<typeof describeQuirks> };
  /** Every ad ever created, in that order, but for those whose id was used again (`deletedSourceId: free`). Not a copy: hold on to nothing of it across calls. */
  ads(): AdTruth[];
  /** The latest 10,000 API requests received, oldest first. */
  requests(): readonly RequestRecord[];
  charges(): { bump: number; pole_position: number };
  hasPendingJobs(): boolean;
  /** When the next job is due, in ms; null when all is quiet. */
  nextJobAt(): number | null;
}

function restore({ seed, settings, tokens, journal }: MarketplaceOptions): MarketplaceState {
  const state = createState(seed, tokens, settings);
  if (journal === undefined) return state;
  for (const line of journal.load()) replayLine(state, JSON.parse(line) as JournalLine);
  state.tokens = tokens;
  changeSettings(state, settings ?? {});
  journal.replace(snapshotLines(state));
  return state;
}

export function createMarketplace(options: MarketplaceOptions): Marketplace {
  const { journal } = options;
  const state = restore(options);
  const clock = () => options.clock() + state.aheadMs;
  const keeper = journal === undefined ? null : keepJournal(journal, state);
  const control = (input: ControlInput) => {
    const at = clock();
    keeper?.write(at, input);
    takeControl(state, at, input);
    keeper?.compact();
  };
  const current = () => {
    advanceTo(state, clock());
    return state;
  };
  return {
    handle: (request) => {
      const at = clock();
      if (keeper === null) return takeRequest(state, at, request);
      keeper.write(at, { kind: "request", request: withoutIdleHeaders(request) });
      const outcome = takeRequest(state, at, request);
      keeper.compact();
      return outcome;
    },
    advance: () => advanceTo(state, clock()),
    addFault: (fault) => control({ kind: "fault", fault: faultSchema.parse(fault) }),
    clearFaults: () => control({ kind: "clear-faults" }),
    changeSettings: (patch) => control({ kind: "settings", patch }),
    moveClock: (move) => control({ kind: "clock", move: clockSchema.parse(move) }),
    now: () => current().now,
    seedV3Ad: (ad) => control({ kind: "v3-ad", ad: v3AdSchema.parse(ad) }),
    addAdminAd: (ad) => control({ kind: "admin-ad", ad: adminAdSchema.parse(ad) }),
    settings: () => ({ ...state.settings, quirks: describeQuirks(state.quirks) }),
    ads: () => [...current().ads.values()].map((ad) => ({ ...ad, isLive: ad.liveDocument !== null })),
    requests: () => state.requests.slice(-mostRequests),
    charges: () => ({ ...state.charges }),
    hasPendingJobs: () => current().jobs.length > 0,
    nextJobAt: () => current().jobs[0]?.dueAt ?? null,
  };
}
