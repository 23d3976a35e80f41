import { blocketMarketplace } from "#shared/blocket/client.ts";
import type { HttpCall, HttpOutcome, HttpRequest } from "#shared/blocket/http-call.ts";
import { tokenDirectory } from "#shared/blocket/token-directory.ts";
import { simulatorHttpCall } from "#test/support/marketplace/simulator-http-call.ts";
import { chainOf, type PollWorld, runNextRound, second, tokenId } from "./poll-world.ts";

/** Lets a test change each answer to a GET, and sees every path asked for. Takes the place of the marketplace's client. */
export function changeAnswers(
  world: PollWorld,
  change: (request: HttpRequest, outcome: HttpOutcome) => HttpOutcome,
): string[] {
  const { marketplace, tokens, clock, waits } = world;
  const inner = simulatorHttpCall({ marketplace });
  const paths: string[] = [];
  const httpCall: HttpCall = async (request) => {
    const outcome = await inner(request);
    if (request.method !== "GET") {
      return outcome;
    }
    paths.push(request.path);
    return change(request, outcome);
  };
  const { findToken } = tokenDirectory(async () => tokens);
  const now = () => clock.now;
  world.ports.marketplace = blocketMarketplace({ httpCall, tokens: findToken, now, readTimeoutMs: waits.callMs });
  return paths;
}

/** An answer of which the row of this listing lacks its state, which every row has. */
export function withoutStateOf(listingId: string, outcome: HttpOutcome): HttpOutcome {
  return changeRows(outcome, (row) => (row.source_id === listingId ? { ...row, state: undefined } : row));
}

/** An answer of which no row holds its log: each has to be asked for by itself. */
export function withoutLogs(outcome: HttpOutcome): HttpOutcome {
  return changeRows(outcome, (row) => ({ ...row, log: undefined }));
}

function changeRows(outcome: HttpOutcome, change: (row: { source_id: string }) => object): HttpOutcome {
  if (outcome.kind !== "answer") {
    return outcome;
  }
  const body = JSON.parse(outcome.body);
  return { ...outcome, body: JSON.stringify({ ...body, results: body.results.map(change) }) };
}

export const failed = (status = 500): HttpOutcome => ({ kind: "answer", status, headers: {}, body: "{}" });

/** The one listing of an item. */
export function listingIdOf({ table }: PollWorld, itemId: string): string {
  const ad = table.ads().find(({ key }) => "itemId" in key && key.itemId === itemId);
  return ad?.listings[0]?.id ?? `${itemId} has no listing`;
}

/** Makes the bridge remember so many lines of an item's log: with 100 and more, it is read page by page. */
export async function remember(world: PollWorld, itemId: string, lines: number): Promise<void> {
  const ad = await world.table.load({ dealerCode: "DEMO", itemId });
  if (ad !== null) {
    const listings = ad.listings.map((listing) => ({ ...listing, entries: Array(lines).fill("") as string[] }));
    await world.table.save({ ...ad, listings }, world.clock.now);
  }
}

/** Runs round after round, each when it is due, until `isDone` or for so long. Returns after how long that was. */
export async function runRounds(world: PollWorld, forMs: number, isDone = () => false): Promise<number> {
  const start = world.clock.now;
  while (!isDone() && world.clock.now < start + forMs) {
    world.clock.now = Math.max(world.clock.now + second, chainOf(world, tokenId).nextAt);
    await runNextRound(world);
  }
  return world.clock.now - start;
}

/** The items of which something was told, in order. */
export const itemsTold = ({ bus }: PollWorld) => bus.published().map(({ metadata }) => metadata.itemId);
