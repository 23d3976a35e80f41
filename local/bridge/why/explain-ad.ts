import { describeSubmission } from "#local/bridge/ad/describe-ad.ts";
import { describeLane } from "#local/bridge/lanes/describe-lane.ts";
import { type Ad, type Call, hasToken, type Submission } from "#shared/ad/ad.ts";
import type { Context } from "#shared/ad/context.ts";
import type { Lane } from "#shared/ad/lane.ts";
import { outboxRoom } from "#shared/ad/outbox.ts";
import { type Due, isHomeless, listDue } from "#shared/ad/pace.ts";
import { type Action, mustWait, openSubmission, plan } from "#shared/ad/plan.ts";

/** Why an ad is as it is: what holds it up, and what happens when. `at` is ISO 8601. */
export type Explanation = { isAtRest: boolean; because: string[]; next: { at: string; what: string }[] };

/**
 * Asks the decisions themselves: what is due comes from the same list as the ad's place in the index, and what a step would
 * do is planned, and thrown away.
 */
export function explainAd(ad: Ad, context: Context): Explanation {
  const due = listDue(ad, context).sort((a, b) => a.at - b.at);
  return {
    isAtRest: due.length === 0,
    because: reasonsOf(ad, context),
    next: due.map((one) => ({ at: new Date(one.at).toISOString(), what: describeDue(ad, one, context) })),
  };
}

/**
 * Why one thing of an ad has not ended, in one line: what holds the ad up comes before how far the thing itself is.
 * `submission` null: none has been begun for it; `call`: it is a charged one. `closed`: the lanes that are closed for the ad.
 */
export function explainUnended(
  ad: Ad,
  submission: Submission | null,
  { closed, context, call }: { closed: readonly Lane[]; context: Context; call: Call | null },
): string {
  const isOnlyRead = submission !== null && (submission.overtaken || isAwaited(submission));
  const holds = isOnlyRead
    ? [...closed.filter(({ dealerCode }) => dealerCode === null).map(describeLane), ...describeHomeless(ad)]
    : [...closed.map(describeLane), ...holdsOf(ad, context)];
  const waiting = () => (call === null ? describeWaiting(ad, context) : `the request for ${call} is to be made`);
  const state = submission === null ? waiting() : describeUnended(submission, context);
  return holds[0] ?? state;
}

/** Nothing is called for it any more: only a whole token's lane keeps it from being read. */
function isAwaited({ phase }: Submission): boolean {
  return phase.kind === "answered" || phase.kind === "overdue";
}

function reasonsOf(ad: Ad, context: Context): string[] {
  const open = openSubmission(ad);
  const isWaiting = ad.wish?.state === "waiting";
  const isFull = ad.outbox.length >= outboxRoom;
  return [
    ...holdsOf(ad, context),
    ...(isFull ? [] : describeOutbox(ad)),
    ...ad.submissions.map((submission) => describeUnended(submission, context)),
    ...(isWaiting && mustWait(ad) ? ["the newest wish waits until that has ended"] : []),
    ...(isWaiting && open === undefined && hasToken(ad) && !mustWait(ad) ? ["the newest wish is to be written"] : []),
    ...ad.listings.flatMap(({ id, watchedSince }) =>
      watchedSince === null ? [] : [`listing ${id} is watched: something of an ended write may still show`],
    ),
  ];
}

/** What keeps the ad from any call. */
function holdsOf(ad: Ad, { now }: Context): string[] {
  return [
    ...describeHomeless(ad),
    ...(ad.heldUntil !== null && ad.heldUntil > now
      ? [`its lane was found closed; it asks again at ${new Date(ad.heldUntil).toISOString()}`]
      : []),
    ...(ad.outbox.length >= outboxRoom ? describeOutbox(ad) : []),
  ];
}

function describeHomeless(ad: Ad): string[] {
  return isHomeless(ad) ? ["no token covers its dealer: add the dealer to one in the tokens secret"] : [];
}

/** Why nothing has been begun for the newest wish. */
function describeWaiting(ad: Ad, context: Context): string {
  const before = openSubmission(ad) ?? (mustWait(ad) ? ad.submissions.at(-1) : undefined);
  return before === undefined
    ? "the newest wish is to be written"
    : `the newest wish waits for this: ${describeUnended(before, context)}`;
}

function describeUnended(submission: Submission, context: Context): string {
  return describeSubmission(submission) + describePatience(submission, context);
}

/** What is left over is told at once, unless the bus or the table fails. */
export function describeOutbox({ outbox }: Ad): string[] {
  const rows = outbox.length === 1 ? "1 row of its outbox is" : `${outbox.length} rows of its outbox are`;
  const halt = outbox.length >= outboxRoom ? ", and it begins no write before" : "";
  return outbox.length === 0 ? [] : [`${rows} not told yet: the bus or the table has not taken them${halt}`];
}

/** Until when a result is awaited: that end comes with a read, so it is not in the list of what is due. */
function describePatience({ phase }: Submission, { waits }: Context): string {
  const until = phase.kind === "answered" ? new Date(phase.since + waits.overdueMs).toISOString() : null;
  return until === null ? "" : `; the first read after ${until} tells it as stalled`;
}

function describeDue(ad: Ad, { kind, at, of }: Due, context: Context): string {
  switch (kind) {
    case "outbox":
      return "its outbox is told";
    case "token":
      return "a token for its dealer is looked for again";
    case "action":
      return describeAction(plan(ad, { ...context, now: Math.max(at, context.now) }).action);
    case "stall":
      return `submission ${of} is told as stalled, if nothing has answered it by then`;
    case "charge-void":
      return `the request for ${of} is a day old, and void`;
    case "read":
      return `listing ${of} is read`;
    default:
      throw new Error(`unknown kind ${kind satisfies never}`);
  }
}

function describeAction(action: Action): string {
  switch (action.kind) {
    case "none":
      return "time passes: it is decided anew";
    case "write":
    case "charge":
      return `submission ${action.submission}: ${action.call.call.toUpperCase()} of listing ${action.call.listingId}`;
    case "read":
      return `listing ${action.call.listingId} is read, to see what became of submission ${action.submission}`;
    case "validate":
      return "the marketplace is asked whether the new document is valid";
    default:
      throw new Error(`unknown action ${JSON.stringify(action satisfies never)}`);
  }
}
