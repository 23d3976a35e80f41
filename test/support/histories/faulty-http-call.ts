import type { HttpCall, HttpOutcome, HttpRequest } from "#shared/blocket/http-call.ts";
import { simulatorHttpCall } from "#test/support/marketplace/simulator-http-call.ts";
import { checkTaken } from "./check-taken.ts";
import type { HistoryWorld, MadeWrite } from "./history-world.ts";
import { drawHttpFate, type HttpFate } from "./http-fate.ts";
import { spread } from "./random.ts";
import type { Invocation } from "./scheduler.ts";
import { spoilAnswer } from "./spoilt-listings.ts";

type Exchange = { world: HistoryWorld; invocation: Invocation; request: HttpRequest; made: MadeWrite | null };

/**
 * The simulated marketplace behind a bad line, as one invocation has it. Every exchange takes time on the way there and
 * on the way back, and is given up at its deadline, wherever it is then.
 */
export function faultyHttpCall(world: HistoryWorld, invocation: Invocation): HttpCall {
  return async (request) => {
    const made = world.making.get(invocation) ?? null;
    world.calls.push({ at: world.clock.now, method: request.method, item: made?.item ?? null });
    const exchange = { world, invocation, request, made };
    const fate = drawHttpFate(world, { made, dealerCode: world.asking.get(invocation) ?? null });
    const wayMs = world.luck.draw(`way ${made?.item ?? "read"}`, (random) => spread(random, 10, 800)) ?? 50;
    if (fate?.kind === "not-sent") {
      return told(exchange, fate, { kind: "not-sent", reason: "ECONNREFUSED" });
    }
    await pauseWithin(exchange, wayMs);
    if (world.clock.now >= request.deadline) {
      return told(exchange, fate, { kind: "lost", reason: "given up on the way" });
    }
    if (fate?.kind === "late") {
      world.landings.push({ at: world.clock.now + fate.afterMs, land: () => void act(exchange, null) });
      await pauseWithin(exchange, fate.isHanging ? Number.POSITIVE_INFINITY : wayMs);
      return told(exchange, fate, { kind: "lost", reason: "ECONNRESET" });
    }
    const outcome = hasActed(fate) ? await act(exchange, fate) : null;
    await pauseWithin(exchange, fate?.kind === "hang" ? Number.POSITIVE_INFINITY : wayMs);
    if (world.clock.now >= request.deadline) {
      return told(exchange, fate, { kind: "lost", reason: "no complete answer by the deadline" });
    }
    return told(exchange, fate, spoil(fate, outcome));
  };
}

/** Lets time pass, at most to the deadline. */
async function pauseWithin({ world, invocation, request }: Exchange, ms: number): Promise<void> {
  const left = Math.max(0, request.deadline - world.clock.now);
  await world.scheduler.pause(invocation, Math.min(ms, left));
}

function hasActed(fate: HttpFate | null): boolean {
  return fate === null || !("acted" in fate) || fate.acted;
}

/** The request reaches the marketplace; which of our writes it was is noted where only the checks see it. */
function act({ world, request, made }: Exchange, fate: HttpFate | null): Promise<HttpOutcome> {
  const { marketplace, truth, trace } = world;
  if (fate?.kind === "job") {
    marketplace.addFault(fate.fault);
  }
  return simulatorHttpCall({ marketplace })(request).then((outcome) => {
    if (made !== null && outcome.kind === "answer" && outcome.status < 300) {
      const taken = truth.noteTaken(request, made);
      if (taken !== null) {
        checkTaken(world, taken);
        world.lateRoots.hide(taken.requestId, fate?.kind === "late-root" ? fate.delayMs : 0);
      }
      trace.note(
        "marketplace",
        `takes ${made.call} #${made.submission} of ${made.item} as ${taken?.requestId.slice(0, 8)}`,
      );
    }
    return spoilAnswer(world, request, world.lateRoots.strip(outcome));
  });
}

function spoil(fate: HttpFate | null, outcome: HttpOutcome | null): HttpOutcome {
  if (fate?.kind === "late-root" && fate.isLost) {
    return { kind: "lost", reason: "ECONNRESET: socket hang up" };
  }
  switch (fate?.kind) {
    case "status": {
      const headers: Record<string, string> =
        fate.retryAfter === null ? {} : { "retry-after": String(fate.retryAfter) };
      return { kind: "answer", status: fate.status, headers, body: '{"detail":"Trouble."}' };
    }
    case "garbled":
      return { kind: "answer", status: 200, headers: {}, body: fate.body };
    case "drop":
    case "hang":
      return { kind: "lost", reason: "ECONNRESET: socket hang up" };
    default:
      if (outcome === null) {
        throw new Error(`nothing was answered under ${JSON.stringify(fate)}`);
      }
      return outcome;
  }
}

function told({ world, invocation, request }: Exchange, fate: HttpFate | null, outcome: HttpOutcome): HttpOutcome {
  const { method, path } = request;
  const result = outcome.kind === "answer" ? String(outcome.status) : outcome.kind;
  if (fate === null && path.startsWith("/v4/ad?")) {
    return outcome;
  }
  const why = fate === null ? "" : ` (${JSON.stringify(fate)})`;
  world.trace.note(
    invocation.name,
    `${method} ${path.length > 70 ? `${path.slice(0, 70)}…` : path} -> ${result}${why}`,
  );
  return outcome;
}
