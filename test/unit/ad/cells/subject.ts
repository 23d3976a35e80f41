import type { Call, Phase, Purpose, RootAction } from "#shared/ad/ad.ts";
import type { LogEntry } from "#shared/ad/marketplace.ts";
import { boat, car, deleted, type Life, minute, published, startLife } from "#test/unit/ad/ad-life.ts";
import { formerAlive } from "#test/unit/ad/in-phase.ts";

/**
 * The write that a cell is about: each call, for a wish or as a charge; a DELETE for each other purpose; and what has a rule of
 * its own: a boat's PUT, which can revive; one that is to revive while the DELETE has not ended; a POST with a reduced
 * price, which can't bring it; and the POST or DELETE that is the first under an id of the source's choice: once that has been
 * looked up, it is one like any other.
 */
export type Subject =
  | Call
  | Exclude<Purpose, "wish" | "charge">
  | "revivable"
  | "reviving"
  | "reduced"
  | "chosen"
  | "chosen removal";

type Made = Exclude<Phase["kind"], "look-up">;

/** The phases it can come to: only a POST can find its id taken, only a PUT or DELETE is checked before a refusal is believed, and a charged call ends where others are overdue. */
export type PhaseOf<S extends Subject> = {
  post: Exclude<Made, "refused-check">;
  reduced: Exclude<Made, "refused-check">;
  put: Exclude<Made, "exists-check">;
  revivable: Exclude<Made, "exists-check">;
  reviving: Exclude<Made, "exists-check">;
  delete: Exclude<Made, "exists-check">;
  clear: Exclude<Made, "exists-check">;
  repair: Exclude<Made, "exists-check">;
  chosen: "look-up";
  "chosen removal": "look-up";
  bump: Exclude<Made, "exists-check" | "refused-check" | "overdue">;
  pole_position: Exclude<Made, "exists-check" | "refused-check" | "overdue">;
}[S];

/** A life in which the write has just gone out, for event 2; the newest submission of it. */
export type Begun = {
  life: Life;
  number: number;
  listingId: string;
  /** The log of its listing until then. */
  before: LogEntry[];
  root: RootAction;
  /** What of its own follows its root action when all goes well. */
  ends: string[];
  /** Another document for the item. */
  another: ReturnType<typeof car>;
};

const roots: Record<Subject, RootAction> = {
  post: "create",
  reduced: "create",
  chosen: "create",
  put: "update",
  revivable: "update",
  reviving: "update",
  delete: "delete",
  "chosen removal": "delete",
  clear: "delete",
  repair: "delete",
  bump: "bump",
  pole_position: "boost",
};

const reduced = car(100_000, {
  price: [
    { type: "list", amount: 100_000 },
    { type: "reduced", amount: 90_000 },
  ],
});
const replated = car(100_000, { category_fields: { model_year: 2020, registration_number: "XYZ789" } });

const ask: Record<Exclude<Subject, "repair" | "reviving">, (life: Life) => void> = {
  post: (life) => life.want("2"),
  reduced: (life) => life.want("2", reduced),
  chosen: (life) => life.want("2", car(), { listingIds: "item-id" }),
  "chosen removal": (life) => life.remove("2", "item-id"),
  put: (life) => life.want("2", car(2)),
  revivable: (life) => life.want("2", boat("Another.")),
  delete: (life) => life.remove("2"),
  clear: (life) => {
    life.want("2", replated);
    life.step();
    life.validation({ kind: "valid" });
  },
  bump: (life) => life.charge("2"),
  pole_position: (life) => life.charge("2", "pole_position"),
};

type Beginning = { life: Life; before: LogEntry[] };

const firsts: readonly Subject[] = ["post", "reduced", "chosen", "chosen removal"];

function beginWrite(subject: keyof typeof ask): Beginning {
  const life = startLife();
  const isFirst = firsts.includes(subject);
  if (!isFirst) {
    life.publish("1", subject === "revivable" ? boat() : car());
  }
  ask[subject](life);
  return { life, before: isFirst ? [] : published() };
}

function beginRepair(): Beginning {
  const { life, formerLog } = formerAlive();
  life.wait(minute);
  return { life, before: formerLog };
}

function beginReviving(): Beginning {
  const life = startLife();
  life.publish("1", boat());
  life.remove("1b");
  life.step();
  life.reply({ kind: "accepted" });
  life.stall();
  const before = [...published(), ...deleted("r2").slice(0, 1)];
  life.observe(before, { state: "deleted" });
  life.want("2", boat("Another."));
  return { life, before };
}

function beginningOf(subject: Subject): Beginning {
  switch (subject) {
    case "repair":
      return beginRepair();
    case "reviving":
      return beginReviving();
    default:
      return beginWrite(subject);
  }
}

export function begin(subject: Subject): Begun {
  const { life, before } = beginningOf(subject);
  life.step();
  const submission = life.ad().submissions.at(-1);
  if (submission === undefined) {
    throw new Error(`no ${subject} was begun`);
  }
  const { number, listingId } = submission;
  const isDocument = roots[subject] === "create" || roots[subject] === "update";
  const ends = isDocument ? ["own publish done"] : [];
  const another = subject === "revivable" || subject === "reviving" ? boat("A third.") : car(3);
  return { life, number, listingId, before, root: roots[subject], ends, another };
}
