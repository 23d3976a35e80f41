import { answer } from "#local/simulator/api/answer.ts";
import { advanceTo } from "#local/simulator/worker/advance.ts";
import type { ApiRequest, Outcome } from "./exchange.ts";
import { type Fault, faultReply, isJobFault, takeFault } from "./faults.ts";
import type { ControlInput, JournalLine } from "./journal.ts";
import { changeSettings, type MarketplaceState } from "./state.ts";

function meet(state: MarketplaceState, request: ApiRequest, fault: Fault | null): Outcome {
  if (fault === null || isJobFault(fault)) {
    return { kind: "respond", ...answer(state, request, fault) };
  }
  switch (fault.kind) {
    case "status":
      return { kind: "respond", ...faultReply(fault) };
    case "hang":
      return { kind: "hang" };
    case "drop-before":
      return { kind: "drop" };
    case "drop-after":
      answer(state, request, null);
      return { kind: "drop" };
  }
}

/** Takes one API request: the fault that waits for it, if any, else the API itself; and enters it into the record. */
export function takeRequest(state: MarketplaceState, at: number, request: ApiRequest): Outcome {
  advanceTo(state, at);
  const outcome = meet(state, request, takeFault(state.faults, request));
  const { method, path, query } = request;
  const status = outcome.kind === "respond" ? outcome.status : null;
  state.requests.push({ at: new Date(state.now).toISOString(), method, path, query, status });
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
      return;
    case "settings":
      changeSettings(state, input.patch);
      return;
  }
}

/** Plays one line of the journal into the state it is to rebuild. */
export function replayLine(state: MarketplaceState, line: JournalLine): void {
  switch (line.kind) {
    case "state":
      Object.assign(state, line.state);
      return;
    case "ad":
      state.ads.set(line.key, line.ad);
      return;
    case "requests":
      state.requests.push(...line.requests);
      return;
    case "input":
      if (line.input.kind === "request") takeRequest(state, line.at, line.input.request);
      else takeControl(state, line.at, line.input);
      return;
  }
}
