import { acceptWish } from "#shared/ad/accept.ts";
import { type Ad, type ChargedCallName, currentListing, newAd, type OutboxRow } from "#shared/ad/ad.ts";
import { applyValidation } from "#shared/ad/check-document.ts";
import type { Context } from "#shared/ad/context.ts";
import type { LogEntry, ReadReply, Reply, Row, Snapshot, ValidateReply } from "#shared/ad/marketplace.ts";
import { observe } from "#shared/ad/observe.ts";
import { type Action, plan } from "#shared/ad/plan.ts";
import { applyRead } from "#shared/ad/read-back.ts";
import { applyReply } from "#shared/ad/reply.ts";
import type { AdEvent } from "#shared/contracts/ad-event.ts";
import type { InventoryEvent } from "#shared/contracts/inventory-event.ts";
import type { ListingDocument } from "#shared/contracts/listing-document.ts";
import type { VehicleType } from "#shared/contracts/vehicle-types.ts";
import { productionWaits } from "#shared/contracts/waits.ts";

export const second = 1_000;
export const minute = 60 * second;
export const dawn = Date.parse("2026-01-05T08:00:00.000Z");
export const accepted: Reply = { kind: "accepted" };
export const inDoubt: Reply = { kind: "in-doubt", reason: "lost" };
/** What surely did not reach the marketplace: a refused connection, or a 429 that may say for how long. */
export const notMade = (retryAfterMs: number | null = null): Reply =>
  retryAfterMs === null
    ? { kind: "not-made", retryAfterMs, reason: "refused connection", throttled: false }
    : { kind: "not-made", retryAfterMs, reason: "HTTP 429", throttled: true };
export const failedRead = (retryAfterMs: number | null = null): Extract<ReadReply, { kind: "failed" }> => ({
  kind: "failed",
  reason: "HTTP 503",
  retryAfterMs,
  cause: "outage",
});
export const refusal = [{ code: "invalid", pointer: "/price", message: "Too cheap." }];

type Document = { vehicleType: VehicleType; ad: ListingDocument };

/** A car by its price; `changes` replace fields of the document. */
export function car(amount = 100_000, changes: Record<string, unknown> = {}): Document {
  const category_fields = { brand: "volvo", model_year: 2020, registration_number: "ABC123" };
  const ad = { body: "A car.", price: [{ type: "list" as const, amount }], category_fields, ...changes };
  return { vehicleType: "car", ad };
}

export const hiddenCar = car(100_000, { visible: false });

/** A boat: no plate, revived by a PUT. */
export function boat(body = "A boat."): Document {
  const contact = { email: "skipper@example.com" };
  return { vehicleType: "boat", ad: { title: "Boat", contact, body, category_fields: { model_year: 2015 } } };
}

/** Lines such as `r1 create done`, each a second after the one before it, or `r1 create done @7` at that second. */
export function log(...lines: string[]): LogEntry[] {
  return lines.map((line, place) => {
    const [words = "", at = String(place)] = line.split("@");
    const [requestId = "", action = "", state = ""] = words.trim().split(" ");
    const created = new Date(Date.UTC(2026, 0, 1) + Number(at) * second).toISOString();
    return { requestId, created, action, state, message: `${action} ${state}` };
  });
}

/** The whole log of one visible write that went well. */
export function published(requestId = "r1", root = "create", from = 0): LogEntry[] {
  const words = [`${root} processing`, `${root} done`, "publish processing", "publish done"];
  return log(...words.map((line, place) => `${requestId} ${line} @${from + place}`));
}

/** The whole log of one delete that went well. */
export function deleted(requestId = "r2", from = 100): LogEntry[] {
  return log(`${requestId} delete processing @${from}`, `${requestId} delete done @${from + 1}`);
}

const chargedTypes = {
  bump: "inventory.item.bump-requested",
  pole_position: "inventory.item.pole-position-requested",
} as const;

/** One item from its first wish on, decision by decision, with a clock that the test moves. */
export function startLife(change: Partial<Ad> = {}) {
  let ad: Ad = { ...newAd({ dealerCode: "DEMO", itemId: "item-1" }), tokenId: "group", ...change };
  let now = dawn;
  let ids = 0;
  let last: Action = { kind: "none" };
  const context = (): Context => ({ now, waits: productionWaits, newId: () => `attempt-${++ids}`, random: () => 0.5 });
  const accept = (event: Record<string, unknown>, listingIds: "uuid" | "item-id" = "uuid") => {
    const whole = { source: "dms", receivedAt: now, place: 0, ...event } as InventoryEvent;
    ad = acceptWish(ad, { event: whole, listingIds }, context());
  };
  const item = { dealerCode: "DEMO", itemId: "item-1" };
  const life = {
    ad: () => ad,
    now: () => now,
    context,
    change: (next: Partial<Ad>) => {
      ad = { ...ad, ...next };
    },
    wait: (ms: number) => {
      now += ms;
    },
    want: (
      id: string,
      document = car(),
      more: { listingIds?: "uuid" | "item-id"; sequence?: string; source?: string; traceparent?: string } = {},
    ) => {
      const { listingIds, ...order } = more;
      accept({ id, type: "inventory.item.upserted", data: { ...item, ...document }, ...order }, listingIds);
    },
    remove: (id: string, listingIds?: "uuid" | "item-id") =>
      accept({ id, type: "inventory.item.removed", data: { ...item, reason: "sold" } }, listingIds),
    /** Asks for a charged call; `more.time` is when the source says it did. */
    charge: (id: string, call: ChargedCallName = "bump", more: { time?: string; sequence?: string } = {}) =>
      accept({ id, type: chargedTypes[call], data: item, ...more }),
    /** Plans and stores; what is to be done comes back. */
    step: (): Action => {
      const planned = plan(ad, context());
      ad = planned.ad;
      last = planned.action.kind === "none" ? last : planned.action;
      return planned.action;
    },
    /** The reply to the last call that a step asked for, a write or a charged call. */
    reply: (reply: Reply) => {
      if (last.kind !== "write" && last.kind !== "charge") {
        throw new Error(`nothing was written: ${last.kind}`);
      }
      const attempt = { submission: last.submission, attemptId: last.call.attemptId };
      ad = applyReply(ad, attempt, { reply, context: context() });
    },
    /** A reply to an attempt that was never made. */
    strayReply: (submission: number, reply: Reply) => {
      ad = applyReply(ad, { submission, attemptId: "none" }, { reply, context: context() });
    },
    /** What the marketplace says of the document that the last call had it check. */
    validation: (reply: ValidateReply) => {
      if (last.kind !== "validate") {
        throw new Error(`nothing was checked: ${last.kind}`);
      }
      ad = applyValidation(ad, last.event, { reply, context: context() });
    },
    /** What the last call shows that a step asked for, a read. */
    readBack: (snapshot: Snapshot | Extract<ReadReply, { kind: "failed" }>) => {
      if (last.kind !== "read") {
        throw new Error(`nothing was read: ${last.kind}`);
      }
      life.readFor(last.submission, snapshot);
    },
    /** What a read shows that was made for a submission, asked for or not. */
    readFor: (submission: number, snapshot: Snapshot | Extract<ReadReply, { kind: "failed" }>) => {
      const reply: ReadReply = snapshot.kind === "failed" ? snapshot : { kind: "read", snapshot };
      ad = applyRead(ad, submission, { reply, context: context() });
    },
    row: (entries: LogEntry[], fields: Partial<Row> = {}): Extract<Snapshot, { kind: "found" }> => {
      const listingId = currentListing(ad)?.id ?? "none";
      const row: Row = {
        listingId,
        dealerCode: "DEMO",
        state: "created",
        blocketAdId: "1400",
        plate: "ABC123",
        vin: null,
        fields: {},
        log: entries,
      };
      return { kind: "found", row: { ...row, ...fields } };
    },
    /** A read of the present listing (or that of `fields`) shows this. */
    observe: (entries: LogEntry[], fields: Partial<Row> = {}) => {
      const snapshot = life.row(entries, fields);
      ad = observe(ad, { listingId: snapshot.row.listingId, snapshot }, context());
    },
    /** A read of the present listing, or that of this id: that there is none, or what is told. */
    look: (snapshot: Snapshot = { kind: "absent", taken: false }, listingId = currentListing(ad)?.id ?? "none") => {
      ad = observe(ad, { listingId, snapshot }, context());
    },
    /** Lets the half hour pass in which an accepted write must show a result; only a read says that it has not. */
    stall: () => {
      now += productionWaits.overdueMs;
      life.look();
    },
    /** The same, and again when the log has been quiet for long enough. */
    observeAtRest: (entries: LogEntry[], fields: Partial<Row> = {}) => {
      life.observe(entries, fields);
      now += productionWaits.unchangedMs;
      life.observe(entries, fields);
    },
    /** A wish taken all the way to its publish; what was told of it is forgotten. */
    publish: (id = "1", document = car()) => {
      life.want(id, document);
      life.step();
      life.reply(accepted);
      life.observe(published());
      ad = { ...ad, outbox: [] };
    },
    phase: () => ad.submissions.at(-1)?.phase.kind,
    told: () => eventsIn(ad.outbox),
    tellings: () => eventsIn(ad.outbox).map(({ type }) => type),
    /** As `event outcome reason`. */
    receipts: () =>
      ad.outbox.flatMap((row) =>
        row.kind === "receipt" ? [`${row.receipt.eventId} ${row.receipt.outcome} ${row.receipt.reason}`] : [],
      ),
    forgetTold: () => {
      ad = { ...ad, outbox: [] };
    },
  };
  return life;
}

export type Life = ReturnType<typeof startLife>;

function eventsIn(outbox: readonly OutboxRow[]): AdEvent[] {
  return outbox.flatMap((row) => (row.kind === "ad-event" ? [row.event] : []));
}
