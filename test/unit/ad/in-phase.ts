import type { Action } from "#shared/ad/plan.ts";
import { accepted, inDoubt, minute, startLife } from "./ad-life.ts";

/** `post`, `put`, `delete`, `get`, or `none`. */
export const short = (action: Action) =>
  action.kind === "write" ? action.call.call : action.kind === "read" ? "get" : action.kind;

const notMade = { kind: "not-made", retryAfterMs: null, reason: "refused connection" } as const;

/** A life with a POST in the phase of that name. */
export const inPhase = {
  ready: (life = startLife()) => {
    life.want("1");
    life.step();
    life.reply(notMade);
    return life;
  },
  calling: (life = startLife()) => {
    life.want("1");
    life.step();
    return life;
  },
  doubt: (life = startLife()) => {
    inPhase.calling(life).reply(inDoubt);
    return life;
  },
  "exists-check": (life = startLife()) => {
    inPhase.calling(life).reply({ kind: "exists", errors: [] });
    return life;
  },
  answered: (life = startLife()) => {
    inPhase.calling(life).reply(accepted);
    return life;
  },
  overdue: (life = startLife()) => {
    inPhase.answered(life).wait(30 * minute);
    life.step();
    return life;
  },
};
