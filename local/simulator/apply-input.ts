import { answer } from "#local/simulator/api/answer.ts";
import { seedV3Ad } from "#local/simulator/api/seed-v3-ad.ts";
import { advanceTo } from "#local/simulator/worker/advance.ts";
import { shapeErrors } from "./error-shape.ts";
import { type ApiRequest, htmlReply, type Outcome, type Reply } from "./exchange.ts";
import { faultReply } from "./fault-reply.ts";
import { type Fault, isJobFault, type JobFault, takeFault } from "./faults.ts";
import type { ControlInput, JournalLine, SmallState } from "./journal.ts";
import { drawFault } from "./random-faults.ts";
import { changeSettings, type MarketplaceState, recordRequests } from "./state.ts";
import { throttle } from "./throttle.ts";

/** What the API does by itself, at the limit of its requests or below it. */
function act(state: MarketplaceState, request: ApiRequest, fault: JobFault | null): Reply {
  return shapeErrors(throttle(state, request) ?? answer(state, request, fault), state.quirks.fieldlessErrors);
}

/** The first half of the body; of one that is empty, nothing is left out. */
function truncate(reply: Reply): Reply {
  return { ...reply, body: reply.body.slice(0, Math.floor(reply.body.length / 2)) };
}

function revokeToken(state: MarketplaceState, { headers }: ApiRequest, forMs: number | undefined): void {
  const token = headers["x-auth-token"] ?? "";
  if (Object.hasOwn(state.tokens, token)) state.revocations[token] = forMs === undefined ? null : state.now + forMs;
}

function meet(state: MarketplaceState, request: ApiRequest, fault: Fault | null): Outcome {
  if (fault === null || isJobFault(fault)) return { kind: "respond", ...act(state, request, fault) };
  switch (fault.kind) {
    case "status":
      return { kind: "respond", ...faultReply(state, fault) };
    case "html":
      if (fault.acts) act(state, request, null);
      return { kind: "respond", ...htmlReply(fault.status) };
    case "hang":
      return { kind: "hang" };
    case "slow":
      return { kind: "respond", delayMs: fault.delayMs, ...act(state, request, null) };
    case "drop-before":
      return { kind: "drop" };
    case "drop-during":
      return { kind: "cut", ...act(state, request, null) };
    case "drop-after":
      act(state, request, null);
      return { kind: "drop" };
    case "truncated":
      return { kind: "respond", ...truncate(act(state, request, null)) };
    case "revoke-token":
      revokeToken(state, request, fault.forMs);
      return { kind: "respond", ...act(state, request, null) };
  }
}

/** Takes one API request: the fault that waits for it, if any, else the API itself; and enters it into the record. */
export function takeRequest(state: MarketplaceState, at: number, request: ApiRequest): Outcome {
  advanceTo(state, at);
  const outcome = meet(state, request, takeFault(state.faults, request) ?? drawFault(state, request));
  const { method, path, query } = request;
  const status = outcome.kind === "respond" ? outcome.status : null;
  recordRequests(state, [{ at: new Date(state.now).toISOString(), method, path, query, status }]);
  return outcome;
}

/** What moves the marketplace from outside without an answer of the API. */
export function takeControl(state: MarketplaceState, at: number, input: ControlInput): void {
  advanceTo(state, at);
  switch (input.kind) {
    case "fault":
      state.faults.push(input.fault);
      return;
    case "clear-faults":
      state.faults = [];
      state.revocations = {};
      return;
    case "settings":
      changeSettings(state, input.patch);
      return;
    case "clock":
      state.aheadMs += input.move.aheadMs;
      advanceTo(state, at + input.move.aheadMs);
      return;
    case "v3-ad":
      seedV3Ad(state, input.ad);
      return;
    case "admin-ad":
      state.adminAds.push(input.ad);
      return;
  }
}

/** A journal of an older simulator lacks the settings that came later: those keep their defaults. */
function replayState(state: MarketplaceState, { settings, quirks, ...rest }: SmallState): void {
  Object.assign(state, rest);
  changeSettings(state, { ...settings, quirks });
}

/** Plays one line of the journal into the state it is to rebuild. */
export function replayLine(state: MarketplaceState, line: JournalLine): void {
  switch (line.kind) {
    case "state":
      replayState(state, line.state);
      return;
    case "ad":
      state.ads.set(line.key, line.ad);
      return;
    case "requests":
      recordRequests(state, line.requests);
      return;
    case "input":
      if (line.input.kind === "request") takeRequest(state, line.at, line.input.request);
      else takeControl(state, line.at, line.input);
      return;
  }
}
