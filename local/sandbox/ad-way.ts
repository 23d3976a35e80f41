import type { Submission } from "#shared/ad/ad.ts";
import type { AdEvent } from "#shared/contracts/ad-event.ts";
import type { Receipt } from "#shared/contracts/receipt.ts";

/** One thing that happened on an ad's way; `at` is epoch ms. */
export type Mark = {
  at: number;
  where: "webhook" | "wish" | "submission" | "ad event" | "receipt";
  text: string;
  bad: boolean;
};

/** What was seen of one ad: what we posted, and what the bridge's table and the bus showed. */
export type Sightings = {
  posts: readonly { at: number; eventType: string; status: string }[];
  submissions: readonly Submission[];
  events: readonly AdEvent[];
  receipts: readonly Receipt[];
};

/** All of it as one way, oldest first. */
export function marksOf({ posts, submissions, events, receipts }: Sightings): Mark[] {
  const marks: Mark[] = [
    ...posts.map(({ at, eventType, status }) => {
      return { at, where: "webhook" as const, text: `${eventType} ${status}`, bad: status !== "queued" };
    }),
    ...submissions.map(submissionMark),
    ...events.map((event) => {
      const at = Date.parse(event.metadata.publishedAt);
      return { at, where: "ad event" as const, text: describeAdEvent(event), bad: isBad(event) };
    }),
    ...receipts.map(({ at, eventId, outcome, reason }) => {
      const text = `${eventId}: ${outcome} (${reason})`;
      return { at, where: "receipt" as const, text, bad: outcome === "failed" || outcome === "rejected" };
    }),
  ];
  return marks.sort((a, b) => a.at - b.at);
}

function submissionMark({ call, phase, begunAt, attempts }: Submission): Mark {
  const tries = attempts > 1 ? ` at attempt ${attempts}` : "";
  const isAnswered = phase.kind === "answered";
  const bad = phase.kind !== "answered" && phase.kind !== "calling" && phase.kind !== "ready";
  const state = { answered: "accepted", calling: "sent", ready: "put off", doubt: "in doubt, read back" };
  const words = phase.kind in state ? state[phase.kind as keyof typeof state] : phase.kind.replace("-", " ");
  const text = `${call.toUpperCase()} ${words}${tries}`;
  return { at: isAnswered ? phase.since : begunAt, where: "submission", text, bad };
}

/** An ad event in one line: its type and what matters of its data. */
export function describeAdEvent({ type, data }: AdEvent): string {
  switch (type) {
    case "AdPublished":
      return [`${type}, blocket_ad_id ${data.blocketAdId}`, ...data.warnings.map(({ message }) => message)].join("; ");
    case "AdUpdated":
      return `${type}, ${data.visible ? "visible" : "hidden"}`;
    case "AdErrored": {
      const errors = data.errors.map(({ pointer, message }) => (pointer === null ? message : `${pointer} ${message}`));
      return `${type} (${data.stage}): ${errors.join("; ")}`;
    }
    case "AdDeleted":
    case "AdUnpublished":
    case "AdBumped":
    case "AdPolePositioned":
      return `${type}, blocket_ad_id ${data.blocketAdId}`;
    case "AdStalled":
      return `${type}, ${data.call} since ${data.since}`;
    case "InventoryEventRejected":
      return `${type}: ${data.errors.map(({ pointer, message }) => `${pointer} ${message}`).join("; ")}`;
    default:
      throw new Error(`unknown ad event ${JSON.stringify(type satisfies never)}`);
  }
}

function isBad({ type }: AdEvent): boolean {
  return type === "AdErrored" || type === "AdStalled" || type === "InventoryEventRejected";
}
