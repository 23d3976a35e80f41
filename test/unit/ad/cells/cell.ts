import type { Call, Phase } from "#shared/ad/ad.ts";
import type { ReadFailure, Reply, Snapshot } from "#shared/ad/marketplace.ts";
import {
  accepted,
  car,
  failedRead,
  inDoubt,
  type Life,
  log,
  minute,
  notMade,
  published,
  refusal,
  second,
  startLife,
} from "#test/unit/ad/ad-life.ts";
import { short } from "#test/unit/ad/in-phase.ts";

/** A write that a cell is about; `pole_position` differs from `bump` in nothing but its name. */
export type CellCall = Exclude<Call, "pole_position">;

/**
 * The phases a call can come to: only a POST can find its id taken, only a PUT or DELETE is checked before a refusal is
 * believed, and only what may be the first write under an id that the source chose is looked up.
 */
export type PhaseOf<C extends CellCall> = {
  post: Exclude<Phase["kind"], "refused-check">;
  put: Exclude<Phase["kind"], "exists-check" | "look-up">;
  delete: Exclude<Phase["kind"], "exists-check">;
  bump: Exclude<Phase["kind"], "exists-check" | "refused-check" | "look-up">;
}[C];

/**
 * All that can happen to a submission. Of what is found, `found` shows no trace of it, `deleted` neither, on a row that is
 * deleted (`twice`: nor does a read ten seconds later); `traced` shows its request at work and `finished` the whole of it. A newer removal is looked at once and after its minute.
 */
export type Input =
  | `reply ${Reply["kind"]}`
  | `read ${Snapshot["kind"] | "taken" | "deleted" | "traced" | "finished"}`
  | `read twice ${Snapshot["kind"] | "taken" | "deleted"}`
  | `failed read ${ReadFailure}`
  | "a day"
  | "newer document"
  | "newer removal"
  | "newer removal and its minute";

const replies: { [K in Reply["kind"]]: Extract<Reply, { kind: K }> } = {
  accepted: { kind: "accepted" },
  "not-made": { kind: "not-made", retryAfterMs: null, reason: "refused connection", throttled: false },
  "in-doubt": { kind: "in-doubt", reason: "lost" },
  refused: { kind: "refused", errors: refusal },
  exists: { kind: "exists", errors: refusal },
  "not-found": { kind: "not-found" },
  unauthorized: { kind: "unauthorized" },
  forbidden: { kind: "forbidden" },
};

const roots = { post: "create", put: "update", delete: "delete", bump: "bump" } as const;

/** A life in which this call, event 2, has just gone out; to be looked up, it is the first under an id of the source's. */
function begun(call: CellCall, phase: Phase["kind"]): Life {
  const life = startLife();
  const listingIds = phase === "look-up" ? "item-id" : "uuid";
  if (call !== "post" && phase !== "look-up") {
    life.publish();
  }
  const begin = {
    post: () => life.want("2", car(), { listingIds }),
    put: () => life.want("2", car(2)),
    delete: () => life.remove("2", listingIds),
    bump: () => life.charge("2"),
  };
  begin[call]();
  life.step();
  return life;
}

const enter: Record<Phase["kind"], (life: Life) => void> = {
  "look-up": () => {},
  ready: (life) => life.reply(notMade()),
  calling: () => {},
  doubt: (life) => {
    life.reply(inDoubt);
    life.wait(20 * second);
  },
  "refused-check": (life) => life.reply(replies.refused),
  "exists-check": (life) => life.reply(replies.exists),
  answered: (life) => life.reply(accepted),
  overdue: (life) => {
    life.reply(accepted);
    life.stall();
  },
};

function snapshotOf(life: Life, call: CellCall, kind: string): Snapshot {
  const before = call === "post" ? [] : published();
  const root = roots[call];
  const ends = { delete: [], bump: [], post: ["publish done"], put: ["publish done"] }[call];
  const whole = log(...[`${root} processing`, `${root} done`, ...ends].map((line, at) => `own ${line} @${50 + at}`));
  switch (kind) {
    case "absent":
    case "taken":
      return { kind: "absent", taken: kind === "taken" };
    case "unlisted":
      return { kind: "unlisted" };
    case "found":
      return life.row(before);
    case "deleted":
      return life.row(before, { state: "deleted" });
    case "traced":
      return life.row([...before, ...whole.slice(0, 1)]);
    default:
      return life.row([...before, ...whole], call === "delete" ? { state: "deleted" } : {});
  }
}

function happen(life: Life, { call, number, input }: { call: CellCall; number: number; input: Input }): string[] {
  if (input.startsWith("reply ")) {
    const reply = replies[input.slice("reply ".length) as Reply["kind"]];
    const isMade = life.ad().submissions.some((submission) => submission.number === number && submission.attempts > 0);
    isMade ? life.reply(reply) : life.strayReply(number, reply);
    return [];
  }
  if (input.startsWith("failed read ")) {
    life.readFor(number, { ...failedRead(), cause: input.slice("failed read ".length) as ReadFailure });
    return [];
  }
  if (input.startsWith("read ")) {
    const kind = input.split(" ").at(-1) ?? "";
    life.readFor(number, snapshotOf(life, call, kind));
    if (input.startsWith("read twice ")) {
      life.wait(10 * second);
      life.readFor(number, snapshotOf(life, call, kind));
    }
    return [];
  }
  if (input === "a day") {
    life.wait(24 * 60 * minute);
  } else if (input === "newer document") {
    life.want("3", car(3));
  } else {
    life.remove("3");
    life.wait(input === "newer removal" ? 0 : minute);
  }
  return [`then ${short(life.step())}`];
}

/** What is expected of a cell: `same` where nothing changes; where the code does otherwise, what should be and why. */
export type Expected = string | { should: string; because: string };
export type Cells<C extends CellCall> = Record<PhaseOf<C>, Record<Input, Expected>>;

/** A reply that comes when its attempt is no longer under way. */
export const dropped: Record<Extract<Input, `reply ${string}`>, "same"> = {
  "reply accepted": "same",
  "reply not-made": "same",
  "reply in-doubt": "same",
  "reply refused": "same",
  "reply exists": "same",
  "reply not-found": "same",
  "reply unauthorized": "same",
  "reply forbidden": "same",
};

/** A read that failed says nothing, whatever the cause: at most the next one comes later. */
export const saysNothing: Record<Extract<Input, `failed read ${string}`>, "same"> = {
  "failed read unauthorized": "same",
  "failed read forbidden": "same",
  "failed read throttled": "same",
  "failed read outage": "same",
  "failed read other": "same",
};

/**
 * What becomes of a call in a phase when this happens: its phase then, or `ended`; where it became another call, that; whether
 * it was overtaken; what was told and which receipts were given; and, where time passed or a wish came, what is to be done then.
 */
export function outcomeOf(call: CellCall, phase: Phase["kind"], input: Input): string {
  const life = begun(call, phase);
  enter[phase](life);
  life.forgetTold();
  const number = life.ad().nextSubmission - 1;
  const then = happen(life, { call, number, input });
  const after = life.ad().submissions.find((submission) => submission.number === number);
  const changes =
    after === undefined
      ? []
      : [...(after.call === call ? [] : [after.call]), ...(after.overtaken ? ["overtaken"] : [])];
  const words = [after?.phase.kind ?? "ended", ...changes, ...life.tellings(), ...life.receipts(), ...then];
  return words.join() === phase ? "same" : words.join(", ");
}
