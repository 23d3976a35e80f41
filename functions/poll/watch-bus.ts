import { RetryableError } from "#shared/contracts/errors.ts";
import type { Waits } from "#shared/contracts/waits.ts";
import type { CanaryBus, CanaryRecord, CanaryTable, Circumstances } from "#shared/steps/ports.ts";
import { type CanaryContext, noteHeard, noteSending } from "./canary.ts";

export type CanaryPorts = {
  canaryBus: CanaryBus;
  canaryTable: CanaryTable;
  circumstances: Circumstances;
  waits: Waits;
  logCanary: (line: CanaryLog) => void;
};

/** `missing` is told with every canary sent in vain, `heard` once when they are back. */
export type CanaryLog =
  | { kind: "missing"; silentMs: number }
  | { kind: "heard"; delayMs: number }
  | { kind: "not-sent"; error: unknown };

/** After so many lost races the message is better tried again later. */
const triesAtMost = 10;

/**
 * Sends a canary through the bus, and tells when none has come back for long. It is noted before it is sent: one that a
 * crash or a failing bus kept back is awaited like any other, and the next tick sends another.
 */
export async function sendCanary(ports: CanaryPorts): Promise<void> {
  const { canaryBus, logCanary } = ports;
  const context = contextOf(ports);
  const silentMs = await changeRecord(ports, (stored) => {
    const { record, silentMs: result } = noteSending(stored, context);
    return { record, result };
  });
  if (silentMs !== null) {
    logCanary({ kind: "missing", silentMs });
  }
  try {
    await canaryBus.put({ sentAt: context.now });
  } catch (error) {
    // The tick is not repeated for it: the next one does the same, and a failure that lasts becomes a canary missed.
    if (!(error instanceof RetryableError)) {
      throw error;
    }
    logCanary({ kind: "not-sent", error });
  }
}

/** Takes a canary that has come through bus and rule. A crash before the line is logged loses it; `missing` ends anyway. */
export async function hearCanary(ports: CanaryPorts, { sentAt }: { sentAt: number }): Promise<void> {
  const context = contextOf(ports);
  const isBack = await changeRecord(ports, (stored) => {
    if (stored === null) {
      return { record: null, result: false };
    }
    const { record, isBack: result } = noteHeard(stored, sentAt, context);
    return { record, result };
  });
  if (isBack) {
    ports.logCanary({ kind: "heard", delayMs: context.now - sentAt });
  }
}

type Change<T> = (stored: CanaryRecord | null) => { record: CanaryRecord | null; result: T };

async function changeRecord<T>({ canaryTable }: CanaryPorts, change: Change<T>): Promise<T> {
  for (let tries = 0; tries < triesAtMost; tries += 1) {
    const stored = await canaryTable.load();
    const { record, result } = change(stored);
    const isUnchanged = JSON.stringify(record) === JSON.stringify(stored);
    if (record === null || isUnchanged || (await canaryTable.save(record)) === "saved") {
      return result;
    }
  }
  throw new RetryableError("the record of the canaries was changed by others each time we tried");
}

function contextOf({ circumstances, waits }: CanaryPorts): CanaryContext {
  return { now: circumstances.now(), canaryMs: waits.canaryMs };
}
