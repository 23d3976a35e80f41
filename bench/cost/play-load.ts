import { wholeProcessorMb } from "#bench/world/assumptions.ts";
import type { Tuning } from "#bench/world/our-bridge.ts";
import { type Played, play } from "#bench/world/play.ts";
import type { Load } from "./load.ts";
import { costOf } from "./price.ts";

const memoryMb = 512;
const million = 1e6;

/** What both make of the same load. Throws when a change was not told. */
export async function playBoth(load: Load, sdkCallMs: number): Promise<{ us: Played; n: Played }> {
  const us = await playLoad({ bridge: "ours", load, sdkCallMs });
  return { us, n: await playLoad({ bridge: "naive", load, sdkCallMs }) };
}

/** `sdkCallMs`: what a call to AWS costs the processor beside what is played. */
export type LoadPlay = { bridge: "ours" | "naive"; load: Load; sdkCallMs: number; tuning?: Tuning };

/** What one makes of a load, with all that it is billed. Throws when a change was not told. */
export async function playLoad({ load, sdkCallMs, ...options }: LoadPlay): Promise<Played> {
  const played = await play({ ...load, ...options });
  // The stock's coming in is told, too.
  if (played.delaysMs.length !== load.changes.length) {
    throw new Error(`${played.delaysMs.length} of ${load.changes.length} changes were told`);
  }
  addComputing(played, sdkCallMs);
  return played;
}

/** Adds to what was counted what Lambda bills while the processor works: an invocation has only its share of one. */
function addComputing({ meter, processorMs }: Played, sdkCallMs: number): void {
  const sdkCalls = meter.total("DynamoDB requests") + meter.total("EventBridge requests") + meter.total("SQS requests");
  const wholeMs = processorMs + sdkCalls * sdkCallMs;
  const seconds = (wholeMs / 1_000) * (wholeProcessorMb / memoryMb);
  meter.count("all functions", "Lambda GB-s, computing", (seconds * memoryMb) / 1_024);
}

/** USD of a million changes. */
export const usdPerMillion = ({ meter, changes }: Played) => (costOf(meter) / changes) * million;

/** The same of both, as a result says it. */
export function usdOf({ us, n }: { us: Played; n: Played }) {
  const [ours, reference] = [usdPerMillion(us), usdPerMillion(n)];
  return { ours, reference, ratio: ours / reference, unit: "USD" };
}
