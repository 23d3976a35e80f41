import type { FaultInput } from "#local/simulator/faults.ts";
import { chance, pick, type Random, whole } from "#test/support/histories/random.ts";

const kinds = [
  "500",
  "408",
  "429",
  "drop-before",
  "drop-after",
  "late-log",
  "stuck",
  "publish-error",
  "publish-error that recovers",
] as const;
export type FaultKind = (typeof kinds)[number];

/** A fault that meets writes, reads or both; what it holds back comes within seconds. */
export function drawFault(random: Random): { kind: FaultKind; fault: FaultInput } {
  const kind = pick(random, kinds);
  const method = pick(random, ["POST", "PUT", "DELETE", "GET", null, null] as const);
  const match = method === null ? {} : { method };
  return { kind, fault: { times: whole(random, 1, 2), ...describe(random, kind, match) } };
}

function describe(random: Random, kind: FaultKind, match: { method?: string }): FaultInput {
  switch (kind) {
    case "500":
    case "408":
      return { match, kind: "status", status: Number(kind) };
    case "429":
      return { match, kind: "status", status: 429, ...(chance(random, 0.5) && { retryAfter: 1 }) };
    case "drop-before":
    case "drop-after":
      return { match, kind };
    case "late-log":
    case "stuck":
      return { kind, delayMs: whole(random, 500, 5_000) };
    case "publish-error":
      return { kind };
    case "publish-error that recovers":
      return { kind: "publish-error", recoversAfterMs: whole(random, 500, 4_000) };
    default:
      throw new Error(`no fault is ${kind satisfies never}`);
  }
}

export async function addFault(simulatorUrl: string, fault: FaultInput): Promise<void> {
  const answer = await fetch(`${simulatorUrl}/control/faults`, { method: "POST", body: JSON.stringify(fault) });
  if (answer.status !== 201) {
    throw new Error(`the simulator did not take ${JSON.stringify(fault)}: ${await answer.text()}`);
  }
}

export async function clearFaults(simulatorUrl: string): Promise<void> {
  await fetch(`${simulatorUrl}/control/faults`, { method: "DELETE" });
}
