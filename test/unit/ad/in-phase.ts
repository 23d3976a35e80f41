import type { Action } from "#shared/ad/plan.ts";
import { accepted, car, deleted, inDoubt, notMade, published, refusal, startLife } from "./ad-life.ts";

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

/** A published car of the second generation; a read has shown that its first listing, deleted in doubt, is alive. */
export function formerAlive() {
  const life = startLife();
  life.publish();
  life.remove("2");
  life.step();
  life.reply(inDoubt);
  const formerLog = [...published(), ...deleted()];
  life.observeAtRest(formerLog, { state: "deleted" });
  life.want("3");
  life.step();
  life.reply(accepted);
  life.observe(published("n1"));
  const listingId = life.ad().listings[0]?.id ?? "";
  life.observe(formerLog, { listingId });
  life.forgetTold();
  return { life, listingId, formerLog };
}
