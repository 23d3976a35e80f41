import { createHmac } from "node:crypto";
import { receive } from "#functions/receive/receive.ts";
import { RetryableError } from "#shared/contracts/errors.ts";
import type { SubmitQueue } from "#shared/steps/ports.ts";
import { Crash } from "#test/support/world/crash-gate.ts";
import { gateCalls } from "./gate-calls.ts";
import { type Change, dawn } from "./history.ts";
import type { HistoryWorld } from "./history-world.ts";
import { sources } from "./history-world.ts";
import { reportBug } from "./invoke.ts";
import { chance } from "./random.ts";

/** A request on its way from a source: the changes of one batch, sent again until a 202 is heard. */
export type Post = { at: number; source: string; changes: Change[]; tries: number };

/** The posts of a history: what one source has to say at one instant is one batch. */
export function postsOf(changes: readonly Change[], sourceOf: (change: Change) => string): Post[] {
  const posts = new Map<string, Post>();
  for (const change of changes) {
    const source = sourceOf(change);
    const name = `${source} ${change.at}`;
    const post = posts.get(name) ?? { at: dawn + change.at, source, changes: [], tries: 0 };
    posts.set(name, { ...post, changes: [...post.changes, change] });
  }
  return [...posts.values()];
}

/** Posts to the real `receive`; without a 202 the post comes back to be sent again, as it does when its answer is lost. */
export function sendPost(world: HistoryWorld, post: Post, again: (post: Post) => void): void {
  const body = Buffer.from(JSON.stringify(post.changes.map((change) => cloudEventOf(world, change))));
  const headers = signedHeaders(world, post, body);
  const sendAgain = () =>
    again({ ...post, at: world.clock.now + 5_000 * 2 ** Math.min(post.tries, 6), tries: post.tries + 1 });
  world.trace.note(post.source, `sends ${post.changes.map((change) => describeChange(world, change)).join("; ")}`);
  world.scheduler.start(
    `receive ${post.source}`,
    async (invocation) => {
      const queue = gateCalls<SubmitQueue>(world, invocation, world.submitQueue);
      const dependencies = {
        sources: { read: async () => sources },
        rateLimit: () => null,
        queue,
        knownValues: { current: () => new Map() },
        mostPictures: 38,
        now: () => world.clock.now,
      };
      await receive(dependencies, requestOf(post, headers, body), () => {});
    },
    (error) => {
      const { luck, rates } = world;
      const isAnswerLost =
        !world.isCalm() &&
        luck.draw(`answer ${post.changes[0]?.item}`, (random) => chance(random, rates.http.drop / 2) || null) !== null;
      if (error === null && !isAnswerLost) {
        return;
      }
      if (error !== null && !(error instanceof RetryableError || error instanceof Crash)) {
        reportBug(world, error);
        return;
      }
      world.trace.note(post.source, "hears no 202");
      sendAgain();
    },
  );
}

type Headers = Record<string, string>;

function requestOf({ source }: Post, headers: Headers, body: Buffer): Parameters<typeof receive>[1] {
  const path = `/sources/${source}/inventory-events`;
  return { method: "POST", path, headers, body, pathParameters: { source }, query: new URLSearchParams() };
}

function signedHeaders({ clock }: HistoryWorld, post: Post, body: Buffer): Headers {
  const timestamp = String(Math.floor(clock.now / 1_000));
  const id = `post-${post.at}`;
  const key = Buffer.from((sources[post.source]?.secrets[0] ?? "").replace(/^whsec_/, ""), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body).digest("base64");
  return {
    "content-type": "application/cloudevents-batch+json",
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": `v1,${signature}`,
  };
}

function cloudEventOf({ history }: HistoryWorld, { item, id, time, sequence, asked }: Change): unknown {
  const thing = history.items[item];
  if (thing === undefined) {
    throw new Error(`no item ${item}`);
  }
  const { dealerCode, itemId } = thing;
  const event = {
    specversion: "1.0",
    id,
    source: "/histories",
    ...(time !== null && { time: new Date(dawn + time).toISOString() }),
    ...(sequence !== null && { sequence }),
  };
  switch (asked.kind) {
    case "upsert":
      return {
        ...event,
        type: "inventory.item.upserted",
        data: { dealerCode, itemId, ...thing.documents[asked.document] },
      };
    case "removal":
      return { ...event, type: "inventory.item.removed", data: { dealerCode, itemId, reason: "sold" } };
    case "invalid":
      return { ...event, type: "inventory.item.removed", data: { dealerCode, itemId, reason: "bored" } };
    case "bump":
      return { ...event, type: "inventory.item.bump-requested", data: { dealerCode, itemId } };
    case "pole-position":
      return { ...event, type: "inventory.item.pole-position-requested", data: { dealerCode, itemId } };
  }
}

/** A change in a few words. */
export function describeChange(
  { history }: Pick<HistoryWorld, "history">,
  { id, item, asked, sequence, time, at }: Change,
): string {
  const thing = history.items[item];
  const order = sequence === null ? (time === null ? "" : ` (its clock ${time - at} ms)`) : ` (sequence ${sequence})`;
  const what = asked.kind === "upsert" ? `upsert of document ${asked.document}` : asked.kind;
  return `${id}: ${what} of ${thing?.dealerCode}/${thing?.itemId}${order}`;
}
