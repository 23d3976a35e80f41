import type { Action } from "#shared/ad/plan.ts";
import { accepted, car, inDoubt, notMade, refusal, startLife } from "./ad-life.ts";

/** `post`, `put`, `delete`, `bump`, `pole_position`, `get`, `validate`, or `none`. */
export const short = (action: Action) => {
  if (action.kind === "write" || action.kind === "charge") {
    return action.call.call;
  }
  return action.kind === "read" ? "get" : action.kind;
};

/** A life with a write in the phase of that name: a POST, but for `refused-check` a PUT, which only is checked. */
export const inPhase = {
  ready: (life = startLife()) => {
    life.want("1");
    life.step();
    life.reply(notMade());
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
  "refused-check": (life = startLife()) => {
    life.publish();
    life.want("2", car(2));
    life.step();
    life.reply({ kind: "refused", errors: refusal });
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
    inPhase.answered(life).stall();
    return life;
  },
};
