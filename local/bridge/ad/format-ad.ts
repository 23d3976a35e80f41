import { formatAdName, type ItemKey } from "#local/bridge/stage/ad-name.ts";
import { type Mark, marksOf } from "#local/sandbox/ad-way.ts";
import type { AdRecord } from "#local/sandbox/read-ad-record.ts";
import { describeListing, describeSubmission, describeWish } from "./describe-ad.ts";

/** An ad as lines for a person: what it is now, then what happened, oldest first. It shows nothing of a document. */
export function formatAd(record: AdRecord): string {
  const { ad } = record;
  const lines = [
    ["wish", ad.wish === null ? "none yet" : describeWish(ad, ad.wish)],
    ...ad.listings.map((listing) => ["listing", describeListing(listing)]),
    ...ad.submissions.map((submission) => ["open", describeSubmission(submission)]),
    ...ad.charges.map(({ call, event }) => ["waits", `${call}, event ${event.id}`]),
    ["token", ad.tokenId],
    ...(ad.outbox.length === 0 ? [] : [["outbox", `${ad.outbox.length} rows not told yet`]]),
  ];
  return [
    formatAdName(ad.key as ItemKey),
    ...lines.map(([name = "", text]) => `  ${name.padEnd(9)} ${text}`),
    "",
    ...timelineOf(record).map(formatMark),
  ].join("\n");
}

function timelineOf({ ad, events, receipts }: AdRecord): Mark[] {
  const told = marksOf({ posts: [], submissions: ad.submissions, events, receipts });
  const wish: Mark[] =
    ad.wish === null
      ? []
      : [{ at: ad.wish.acceptedAt, where: "wish", text: `taken from ${ad.wish.event.id}`, bad: false }];
  return [...wish, ...told].sort((a, b) => a.at - b.at);
}

function formatMark({ at, where, text, bad }: Mark): string {
  return `  ${new Date(at).toISOString()}  ${where.padEnd(10)}  ${bad ? "! " : ""}${text}`;
}
