import type { Ad, Submission } from "#shared/ad/ad.ts";
import { formatAdKey } from "#shared/ad/ad-key.ts";
import { compareOrder } from "#shared/ad/order.ts";
import type { HistoryWorld } from "./history-world.ts";

/** What must hold of every single save, whoever makes it and whenever. */
export function checkSave(world: HistoryWorld, ad: Ad, before: Ad | null): void {
  const report = (invariant: string, message: string) =>
    world.violations.report(invariant, `${formatAdKey(ad.key)} version ${ad.version}: ${message}`);
  if (before !== null) {
    checkWishOrder(ad, before, report);
    checkNewSubmission(world, { ad, before }, report);
    checkGrowth(ad, before, report);
    checkOwners(ad, before, report);
  }
  checkStrangers(world, { ad, before }, report);
  checkOpen(ad, report);
  checkOutbox(ad, before, report);
  noteSave(world, ad, before);
}

type Report = (invariant: string, message: string) => void;

/** An older wish never takes the place of a newer one. */
function checkWishOrder({ wish }: Ad, { wish: old }: Ad, report: Report): void {
  if (old !== null && (wish === null || compareOrder(wish.order, old.order) < 0)) {
    report("the newest wish stays", `${old.event.id} gave way to the older ${wish?.event.id}`);
  }
}

type Change = { ad: Ad; before: Ad };

/**
 * No new submission while one is open, but a removal, after its minute or another one's, and beside no call under way; a
 * document waits for all of them, overtaken ones too.
 */
function checkNewSubmission({ clock, waits }: HistoryWorld, { ad, before }: Change, report: Report): void {
  const fresh = ad.submissions.filter(({ number }) => number >= before.nextSubmission);
  const overtakesAt = ad.wish === null ? Number.POSITIVE_INFINITY : ad.wish.acceptedAt + waits.removalMs;
  const wasOvertaken = ({ number }: Submission) =>
    before.submissions.some((one) => one.number === number && one.overtaken);
  const holdsRemoval = (one: Submission) =>
    one.purpose !== "charge" && (one.phase.kind === "calling" || (clock.now < overtakesAt && !wasOvertaken(one)));
  for (const submission of fresh) {
    const open = ad.submissions.filter((other) => other.number < submission.number && isOpen(other));
    const inTheWay = submission.call === "delete" ? open.filter(holdsRemoval) : open;
    if (inTheWay.length > 0) {
      report("one open submission", `${show(submission)} began beside ${inTheWay.map(show).join()}`);
    }
  }
}

/** What a read showed before a write was begun is never taken for that write's. */
function checkOwners(ad: Ad, before: Ad, report: Report): void {
  for (const listing of before.listings) {
    const requests = ad.listings.find(({ id }) => id === listing.id)?.requests ?? {};
    for (const [requestId, seen] of Object.entries(listing.requests)) {
      const owner = requests[requestId]?.owner;
      if (seen.owner === "unknown" && typeof owner === "number" && owner >= seen.seenBefore) {
        report("no result before its write", `${requestId} was seen before #${seen.seenBefore}, and is #${owner}'s`);
      }
    }
  }
}

type Saved = { ad: Ad; before: Ad | null };

/**
 * What somebody else did may pass for a write that was begun before a round had shown it: nobody could tell. After that it is
 * never taken for one.
 */
function checkStrangers({ strangeRequests }: HistoryWorld, { ad, before }: Saved, report: Report): void {
  if (!strangeRequests.isAny()) {
    return;
  }
  strangeRequests.noteForeign(ad, before);
  for (const { requests } of ad.listings) {
    for (const [requestId, { owner }] of Object.entries(requests)) {
      const strange = typeof owner === "number" ? strangeRequests.find(requestId) : undefined;
      if (strange !== undefined) {
        strange.passed = true;
        const { shownBefore } = strange;
        if (shownBefore !== null && Number(owner) >= shownBefore) {
          report(
            "what a stranger did is kept as such",
            `${requestId} was read before #${shownBefore}, and is #${owner}'s`,
          );
        }
      }
    }
  }
}

/** A charged call is not overtaken by a removal, but goes on beside it. */
function checkOpen(ad: Ad, report: Report): void {
  const open = ad.submissions.filter((one) => isOpen(one) && !one.overtaken && one.purpose !== "charge");
  if (open.length > 1) {
    report("one open submission", open.map(show).join(" beside "));
  }
}

function isOpen({ phase }: Submission): boolean {
  return phase.kind !== "overdue";
}

function show({ number, call, event, phase }: Submission): string {
  return `#${number} ${call} for ${event.id} (${phase.kind})`;
}

function checkGrowth(ad: Ad, before: Ad, report: Report): void {
  const grows = {
    "submission numbers": [before.nextSubmission, ad.nextSubmission],
    sequence: [before.sequence, ad.sequence],
    generations: [before.listings.at(-1)?.generation ?? 0, ad.listings.at(-1)?.generation ?? 0],
  } as const;
  for (const [name, [old, now]] of Object.entries(grows)) {
    if (now < old) {
      report("counts only grow", `${name} went from ${old} to ${now}`);
    }
  }
}

/** What is told anew enters the outbox with the next numbers, and nothing else does. */
function checkOutbox(ad: Ad, before: Ad | null, report: Report): void {
  const told = ad.outbox.flatMap((row) => (row.kind === "ad-event" ? [row.event.metadata.sequence] : []));
  const from = before?.sequence ?? 0;
  const fresh = told.filter((sequence) => sequence > from);
  const isWhole =
    fresh.length === ad.sequence - from && fresh.every((sequence, place) => sequence === from + 1 + place);
  if (!isWhole) {
    report("sequences have no gaps", `from ${from} to ${ad.sequence} with ${fresh.join() || "nothing"} in the outbox`);
  }
}

function noteSave({ trace }: HistoryWorld, ad: Ad, before: Ad | null): void {
  if (!trace.isOn) {
    return;
  }
  const now = describeAd(ad);
  if (before === null || describeAd(before) !== now) {
    trace.note("table", `${formatAdKey(ad.key)} ${now}`);
  }
}

/** An ad's record in one line. */
export function describeAd(ad: Ad): string {
  const wish = ad.wish === null ? "no wish" : `${ad.wish.event.id} ${ad.wish.want.kind} ${ad.wish.state}`;
  const submissions = ad.submissions.map(
    (one) => `${show(one)}${one.overtaken ? " overtaken" : ""}${one.wasInDoubt ? " doubted" : ""}`,
  );
  const listing = ad.listings.at(-1);
  const life = listing === undefined ? "" : ` generation ${listing.generation}${listing.deleted ? " deleted" : ""}`;
  const settled = ad.settled === null ? "" : ` last #${ad.settled.submission} ${ad.settled.outcome}`;
  return `${wish}; ${submissions.join(", ") || "nothing open"};${life}${settled}`;
}
