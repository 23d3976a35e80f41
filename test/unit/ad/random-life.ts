import fc from "fast-check";
import { currentListing } from "#shared/ad/ad.ts";
import type { LogEntry, Reply, Row, Snapshot } from "#shared/ad/marketplace.ts";
import type { Action } from "#shared/ad/plan.ts";
import { accepted, boat, car, failedRead, inDoubt, minute, notMade, refusal, second, startLife } from "./ad-life.ts";

const ops = [
  "want",
  "want",
  "remove",
  "step",
  "step",
  "step",
  "reply",
  "reply",
  "advance",
  "advance",
  "observe",
] as const;
const waits = [0, second, 10 * second, 25 * second, minute, 3 * minute, 31 * minute];
const words = {
  post: ["create processing", "create done", "publish processing", "publish done"],
  put: ["update processing", "update done", "handle_media processing", "handle_media error", "publish done"],
  delete: ["delete processing", "delete done"],
};
const replies: readonly Reply[] = [
  accepted,
  accepted,
  inDoubt,
  notMade(),
  { kind: "refused", errors: refusal },
  { kind: "exists", errors: refusal },
  { kind: "not-found" },
  { kind: "unauthorized" },
];

type Request = { listingId: string; id: string; lines: string[] };

/** A random history, as a list of small steps; what a step does depends on what is possible then. */
export const randomSteps = fc.array(fc.record({ op: fc.constantFrom(...ops), dice: fc.nat(999) }), {
  minLength: 10,
  maxLength: 40,
  size: "max",
});

/** Takes random steps with one item and a marketplace that answers what it likes; `dice` decides everything. */
export function startRandomLife(isBoat: boolean) {
  const life = startLife();
  const requests: Request[] = [];
  const log = new Map<string, LogEntry[]>();
  const ended = new Set<string>();
  let last: Action = { kind: "none" };
  let events = 0;
  let clock = Date.UTC(2026, 0, 1);
  const document = (dice: number) => (isBoat ? boat(`text ${dice % 3}`) : car(dice % 3, { visible: dice % 4 !== 0 }));

  const land = (call: "post" | "put" | "delete", listingId: string) => {
    const id = `r${requests.length}`;
    requests.push({ listingId, id, lines: [...words[call]] });
  };
  const advance = (dice: number) => {
    const request = requests.filter(({ lines }) => lines.length > 0).at(dice % 2 === 0 ? 0 : -1);
    const line = request?.lines.shift();
    if (request === undefined || line === undefined) {
      return;
    }
    clock += dice % 3 === 0 ? 0 : second;
    const [action = "", state = ""] = (dice % 7 === 0 ? line.replace("done", "error") : line).split(" ");
    const entry = { requestId: request.id, created: new Date(clock).toISOString(), action, state, message: "said" };
    log.set(request.listingId, [...(log.get(request.listingId) ?? []), entry]);
    if (action === "delete" && state === "done") {
      ended.add(request.listingId);
    }
  };
  const snapshot = (listingId: string, dice: number): Snapshot => {
    const entries = log.get(listingId);
    if (entries === undefined) {
      return { kind: "absent", taken: dice % 5 === 0 };
    }
    const fields: Partial<Row> = { listingId, state: ended.has(listingId) ? "deleted" : "created" };
    return life.row(entries, dice % 4 === 0 ? { ...fields, blocketAdId: null } : fields);
  };
  const answer = (dice: number) => {
    const { kind } = last;
    if (last.kind === "write") {
      const reply = replies[dice % replies.length] ?? accepted;
      if (reply.kind === "accepted" || (reply.kind === "in-doubt" && dice % 3 === 0)) {
        land(last.call.call, last.call.listingId);
      }
      life.reply(reply);
    } else if (last.kind === "read") {
      life.readBack(dice % 9 === 0 ? failedRead() : snapshot(last.call.listingId, dice));
    }
    last = { kind: "none" };
    return kind;
  };
  return {
    life,
    /** The ids of all inventory events so far, in order. */
    sent: () => Array.from({ length: events }, (_, place) => String(place + 1)),
    take: ({ op, dice }: { op: (typeof ops)[number]; dice: number }): void => {
      switch (op) {
        case "want":
          events += 1;
          life.want(String(events), document(dice));
          return;
        case "remove":
          events += 1;
          life.remove(String(events));
          return;
        case "step":
          life.wait(waits[dice % waits.length] ?? 0);
          last = life.step();
          return;
        case "reply":
          answer(dice);
          return;
        case "advance":
          advance(dice);
          return;
        case "observe": {
          life.wait(waits[dice % waits.length] ?? 0);
          const listingId = currentListing(life.ad())?.id;
          const seen = listingId === undefined ? undefined : snapshot(listingId, dice);
          if (seen?.kind === "found") {
            life.observe(seen.row.log, seen.row);
          }
          return;
        }
        default:
          throw new Error(`unknown step ${op satisfies never}`);
      }
    },
  };
}
