import { RetryableError } from "#shared/contracts/errors.ts";
import type { HistoryWorld } from "./history-world.ts";
import { pickWeighted, spread } from "./random.ts";
import type { Invocation } from "./scheduler.ts";
import { subjectOf } from "./subject.ts";

/** What befalls one call to AWS. */
type Fate = { kind: "crash-before" | "crash-after" | "throttle" | "lost" } | { kind: "stall"; ms: number };

type Port = Record<string, (...parameters: never[]) => Promise<unknown>>;

/**
 * The same port as one invocation has it: each call gives way to other invocations, and may be slow, be throttled, lose its
 * answer after acting, or be the place where the invocation dies.
 */
export function gateCalls<T extends object>(world: HistoryWorld, invocation: Invocation, port: T): T {
  const gated: Port = {};
  for (const name in port) {
    const method = port[name] as Port[string];
    gated[name] = (...parameters) =>
      gatedCall(world, invocation, { name: `${name} ${subjectOf(parameters[0])}`, act: () => method(...parameters) });
  }
  return gated as T;
}

type Call<T> = { name: string; act: () => Promise<T> };

async function gatedCall<T>(world: HistoryWorld, invocation: Invocation, { name, act }: Call<T>): Promise<T> {
  const { scheduler, trace } = world;
  const fate = world.isCalm() ? null : drawFate(world, name);
  if (fate !== null) {
    trace.note(invocation.name, `${name}: ${fate.kind}${fate.kind === "stall" ? ` ${fate.ms} ms` : ""}`);
  }
  const pausing = scheduler.pause(invocation, fate?.kind === "stall" ? fate.ms : 0);
  if (pausing !== undefined) {
    await pausing;
  }
  if (fate?.kind === "crash-before") {
    throw scheduler.kill(invocation);
  }
  if (fate?.kind === "throttle") {
    throw new RetryableError(`${name} was throttled`);
  }
  const result = await act();
  if (fate?.kind === "crash-after") {
    throw scheduler.kill(invocation);
  }
  const givingWay = scheduler.pause(invocation, 0);
  if (givingWay !== undefined) {
    await givingWay;
  }
  if (fate?.kind === "lost") {
    throw new RetryableError(`the answer to ${name} was lost`);
  }
  return result;
}

function drawFate({ luck, rates }: HistoryWorld, name: string): Fate | null {
  return luck.draw(name, (random) => {
    const kind = pickWeighted(random, rates.aws);
    if (kind === null) {
      return null;
    }
    return kind === "stall" ? { kind, ms: spread(random, 10, rates.stallMostMs) } : { kind };
  });
}
