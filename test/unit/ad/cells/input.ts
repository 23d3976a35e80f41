import type { Phase } from "#shared/ad/ad.ts";
import type { ReadFailure, Reply, Snapshot } from "#shared/ad/marketplace.ts";
import type { InventoryEvent } from "#shared/contracts/inventory-event.ts";
import { failedRead, log, minute, refusal, second } from "#test/unit/ad/ad-life.ts";
import { short } from "#test/unit/ad/in-phase.ts";
import type { Begun } from "./subject.ts";

/**
 * What a read can show. `found` shows no trace of the submission, `deleted` neither, on a row that is deleted; `traced` shows
 * its request at work, `finished` the whole of it, `errored` its failure, `unknown` an action nobody has heard of; `foreign`
 * another's request, `stranger` another car's row; `taken` that the id is another dealer's.
 */
type Shown =
  | Exclude<Snapshot["kind"], "found">
  | "taken"
  | "found"
  | "deleted"
  | "traced"
  | "finished"
  | "errored"
  | "unknown"
  | "foreign"
  | "stranger";

/** Only a read of one listing can say these of it. */
type OnlySingle = "absent" | "taken";

type NewEvent = InventoryEvent["type"];

/**
 * All that can happen to a submission: the reply to its call; a read of its listing alone, once or again ten seconds later, or
 * one of many listings; a read that failed; time; and another inventory event (of a removal, also its minute).
 */
export type Input =
  | `reply ${Reply["kind"]}`
  | `read ${Shown}`
  | `read twice ${Exclude<Shown, "traced" | "finished" | "errored" | "unknown">}`
  | `listed ${Exclude<Shown, OnlySingle>}`
  | `failed read ${ReadFailure}`
  | "a day"
  | NewEvent
  | "inventory.item.removed and its minute";

export const replies: { [K in Reply["kind"]]: Extract<Reply, { kind: K }> } = {
  accepted: { kind: "accepted" },
  "not-made": { kind: "not-made", retryAfterMs: null, reason: "refused connection", throttled: false },
  "in-doubt": { kind: "in-doubt", reason: "lost" },
  refused: { kind: "refused", errors: refusal },
  exists: { kind: "exists", errors: refusal },
  "not-found": { kind: "not-found" },
  unauthorized: { kind: "unauthorized" },
  forbidden: { kind: "forbidden" },
};

const newEvents: Record<NewEvent, (begun: Begun) => void> = {
  "inventory.item.upserted": ({ life, another }) => life.want("9", another),
  "inventory.item.removed": ({ life }) => life.remove("9"),
  "inventory.item.bump-requested": ({ life }) => life.charge("9", "bump"),
  "inventory.item.pole-position-requested": ({ life }) => life.charge("9", "pole_position"),
};

/** Lets it happen; what is to be done then, where that is decided at once. `passed` is told after each step of it. */
export function happen(begun: Begun, input: Input, passed: () => void): string[] {
  const { life, number, listingId } = begun;
  const [, how = "", kind = ""] = /^(reply|failed read|read twice|read|listed) (.*)$/.exec(input) ?? [];
  switch (how) {
    case "reply":
      answer(begun, replies[kind as Reply["kind"]]);
      return [];
    case "failed read":
      life.readFor(number, { ...failedRead(), cause: kind as ReadFailure });
      return [];
    case "listed":
      life.look(snapshotOf(begun, kind as Shown), listingId);
      return [];
    case "read":
    case "read twice":
      life.readFor(number, snapshotOf(begun, kind as Shown));
      if (how === "read twice") {
        passed();
        life.wait(10 * second);
        life.readFor(number, snapshotOf(begun, kind as Shown));
      }
      return [];
    default:
      passTime(begun, input);
      return [`then ${short(life.step())}`];
  }
}

/** To its newest attempt, or to one of whoever knows whom where none was made. */
function answer({ life, number }: Begun, reply: Reply): void {
  const isMade = life.ad().submissions.some((submission) => submission.number === number && submission.attempts > 0);
  isMade ? life.reply(reply) : life.strayReply(number, reply);
}

function passTime(begun: Begun, input: Input): void {
  if (input === "a day") {
    begun.life.wait(24 * 60 * minute);
    return;
  }
  newEvents[input.replace(" and its minute", "") as NewEvent](begun);
  begun.life.wait(input.endsWith("minute") ? minute : 0);
}

function snapshotOf({ life, listingId, before, root, ends }: Begun, kind: Shown): Snapshot {
  const lines = (...words: string[]) => [...before, ...log(...words.map((line, at) => `${line} @${500 + at}`))];
  const row = (words: string[], fields: Parameters<typeof life.row>[1] = {}) =>
    life.row(lines(...words), { listingId, ...fields });
  switch (kind) {
    case "absent":
    case "taken":
      return { kind: "absent", taken: kind === "taken" };
    case "unlisted":
      return { kind: "unlisted" };
    case "found":
      return row([]);
    case "deleted":
      return row([], { state: "deleted" });
    case "stranger":
      return row([], { plate: "ZZZ999" });
    case "foreign":
      return row(root === "update" ? ["other bump done"] : ["other update done"]);
    case "traced":
      return row([`own ${root} processing`]);
    case "unknown":
      return row([`own ${root} done`, "own repaint sparkling"]);
    case "errored":
      return row([`own ${root} processing`, `own ${root} error`]);
    case "finished":
      return row(
        [`own ${root} processing`, `own ${root} done`, ...ends],
        root === "delete" ? { state: "deleted" } : {},
      );
    default:
      throw new Error(`unknown kind ${kind satisfies never}`);
  }
}

type Sames<I extends Input> = Record<I, "same">;

/** A reply that comes when its attempt is no longer under way. */
export const dropped: Sames<Extract<Input, `reply ${string}`>> = {
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
export const saysNothing: Sames<Extract<Input, `failed read ${string}`>> = {
  "failed read unauthorized": "same",
  "failed read forbidden": "same",
  "failed read throttled": "same",
  "failed read outage": "same",
  "failed read listing": "same",
  "failed read other": "same",
};

/** A read of many that shows nothing of a submission. */
export const listsNothing: Sames<Extract<Input, `listed ${string}`>> = {
  "listed unlisted": "same",
  "listed found": "same",
  "listed deleted": "same",
  "listed traced": "same",
  "listed finished": "same",
  "listed errored": "same",
  "listed unknown": "same",
  "listed foreign": "same",
  "listed stranger": "same",
};

/** A read that nobody asked for only tells what is in the log, and ends what has ended; a table says which. */
export const showsNothing: Sames<Extract<Input, `read ${string}` | `listed ${string}`>> = {
  ...listsNothing,
  "read absent": "same",
  "read taken": "same",
  "read unlisted": "same",
  "read found": "same",
  "read deleted": "same",
  "read traced": "same",
  "read finished": "same",
  "read errored": "same",
  "read unknown": "same",
  "read foreign": "same",
  "read stranger": "same",
  "read twice absent": "same",
  "read twice taken": "same",
  "read twice unlisted": "same",
  "read twice found": "same",
  "read twice deleted": "same",
  "read twice foreign": "same",
  "read twice stranger": "same",
};

/** How a submission comes into a phase, from its call on; `passed` is told after each step of it. */
export const enter: Record<Phase["kind"], (begun: Begun, passed: () => void) => void> = {
  "look-up": () => {},
  ready: ({ life }) => life.reply(replies["not-made"]),
  calling: () => {},
  doubt: ({ life }) => {
    life.reply(replies["in-doubt"]);
    life.wait(20 * second);
  },
  "refused-check": ({ life }) => life.reply(replies.refused),
  "exists-check": ({ life }) => life.reply(replies.exists),
  answered: ({ life }) => life.reply(replies.accepted),
  overdue: ({ life, listingId }, passed) => {
    life.reply(replies.accepted);
    passed();
    life.wait(30 * minute);
    life.look(undefined, listingId);
  },
};
