import type { AdminAdInput, ClockInput, V3AdInput } from "./control-inputs.ts";
import type { ApiRequest } from "./exchange.ts";
import type { Fault } from "./faults.ts";
import type { SettingsPatch } from "./settings.ts";
import type { MarketplaceState, RequestRecord, StoredAd } from "./state.ts";

/**
 * Where the marketplace writes down what happens to it. `append` must be durable against the death of the process when
 * it returns, as it is called before the answer is given.
 */
export interface Journal {
  /** All whole lines, oldest first. */
  load(): Iterable<string>;
  /** Puts these lines in place of all others, at once. */
  replace(lines: Iterable<string>): void;
  append(line: string): void;
}

/** All that moves the marketplace beside its clock; the same inputs at the same times make the same state. */
export type Input = { kind: "request"; request: ApiRequest } | ControlInput;

export type ControlInput =
  | { kind: "fault"; fault: Fault }
  | { kind: "clear-faults" }
  | { kind: "settings"; patch: SettingsPatch }
  | { kind: "clock"; move: ClockInput }
  | { kind: "v3-ad"; ad: V3AdInput }
  | { kind: "admin-ad"; ad: AdminAdInput };

/** All but what grows with use. */
export type SmallState = Omit<MarketplaceState, "ads" | "requests">;

export type JournalLine =
  | { kind: "state"; state: SmallState }
  | { kind: "ad"; key: string; ad: StoredAd }
  | { kind: "requests"; requests: RequestRecord[] }
  | { kind: "input"; at: number; input: Input };

const requestsPerLine = 1000;

/** The state as lines, none of which grows with the number of ads. */
export function* snapshotLines({ ads, requests, ...state }: MarketplaceState): Generator<string> {
  const encode = (line: JournalLine) => JSON.stringify(line);
  yield encode({ kind: "state", state });
  for (const [key, ad] of ads) yield encode({ kind: "ad", key, ad });
  for (let index = 0; index < requests.length; index += requestsPerLine) {
    yield encode({ kind: "requests", requests: requests.slice(index, index + requestsPerLine) });
  }
}

/** Only what the core reads of a request's headers is worth a place in the journal. */
export function withoutIdleHeaders(request: ApiRequest): ApiRequest {
  const kept = ["x-auth-token", "content-type"].flatMap((name) => {
    const value = request.headers[name];
    return value === undefined ? [] : [[name, value]];
  });
  return { ...request, headers: Object.fromEntries(kept) };
}
