import type { DelayName } from "#local/simulator/delay-names.ts";
import type { Json } from "#local/simulator/json.ts";
import type { Action, ActionState, LogEntry } from "#local/simulator/state.ts";

/** What a step changes beside the log. */
export type Effect = "created" | "images" | "live" | "unlive" | "deleted";

/** One line of the log to come. */
export interface Step {
  action: Action;
  state: ActionState;
  message: Json;
  /** The delay that precedes it. */
  wait: DelayName;
  /** On top of the delay, from a fault. */
  extraMs: number;
  effect: Effect | null;
}

/** Something due: the next step of an ad's worker, a log line kept back, the ids of a publish, or a publish that succeeds in the end. */
export type Job = { dueAt: number; adKey: string } & (
  | { kind: "step" }
  | { kind: "log-line"; entry: LogEntry }
  | { kind: "ad-ids" }
  | { kind: "late-publish"; requestId: string }
);
