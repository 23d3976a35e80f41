import { type Ad, documentOf, type Listing, type Submission, type Wish } from "#shared/ad/ad.ts";

/** What the source last asked for, in a line. */
export function describeWish(ad: Ad, { want, event, state }: Wish): string {
  const what = want.kind === "no-ad" ? "no ad" : `a document (${documentOf(ad, want)?.vehicleType})`;
  return `${what}, ${state}; from ${event.source}, event ${event.id}`;
}

export function describeListing({ id, generation, seen, deleted, gone, blocketAdId, watchedSince }: Listing): string {
  const life = gone ? "gone" : deleted ? "deleted" : seen ? "at the marketplace" : "never seen";
  const adId = blocketAdId === null ? "" : `, blocket_ad_id ${blocketAdId}`;
  return `${id}, generation ${generation}, ${life}${adId}${watchedSince === null ? "" : ", watched"}`;
}

/** A submission that is not settled. */
export function describeSubmission({ number, call, purpose, phase, attempts, overtaken }: Submission): string {
  const words = overtaken ? "overtaken by a removal" : phaseWords[phase.kind];
  const attempt = attempts === 1 ? "1 attempt" : `${attempts} attempts`;
  return `submission ${number}: ${call.toUpperCase()} for a ${purpose}, ${words}, ${attempt}`;
}

const phaseWords: Record<Submission["phase"]["kind"], string> = {
  "look-up": "not made yet, the listing is read first to see whose its id is",
  ready: "not made yet or surely not made",
  calling: "being made",
  doubt: "in doubt: it may have reached the marketplace",
  "refused-check": "refused, the listing is read before that is believed",
  "exists-check": "its listing id is taken, the listing is read to see by whom",
  answered: "accepted, its result is awaited in the action log",
  overdue: "without a result in time",
};
