import type { ValuesReply } from "#shared/blocket/value-lists.ts";
import { vehicleTypeNames } from "#shared/contracts/vehicle-types.ts";
import type { Waits } from "#shared/contracts/waits.ts";
import type { Circumstances, ValuesRefresh, ValuesTable } from "#shared/steps/ports.ts";

export type RefreshPorts = {
  valuesTable: ValuesTable;
  valueLists: {
    list(wanted: { tokenId: string; vehicleType: (typeof vehicleTypeNames)[number] }): Promise<ValuesReply>;
  };
  tokens: { listTokenIds(): Promise<string[]> };
  circumstances: Circumstances;
  waits: Waits;
  logValues: (line: ValuesLog) => void;
};

/** `count`: how many attributes have values now; `notWhole`: those it lists in part, which therefore have none. */
export type ValuesLog = {
  vehicleType: string;
  outcome: ValuesReply["kind"];
  count: number;
  notWhole: readonly string[];
  reason: string | null;
  durationMs: number;
};

/** After so many failures with one vehicle type the next one has its turn. */
const triesAtMost = 3;

/**
 * Asks the marketplace for the values of one vehicle type, if that is due: a tick is enough for one, and spreads the
 * requests. Claimed on the record before, so that two ticks don't do the same; a crash leaves it to a later tick. What can't
 * be had leaves the values as they were. The first turn comes a while after the first tick: a new deployment has no tokens.
 */
export async function refreshValues(ports: RefreshPorts): Promise<void> {
  const { valuesTable, circumstances, waits } = ports;
  const startedAt = circumstances.now();
  const retryAt = startedAt + waits.valuesRetryMs;
  const record = await valuesTable.loadRefresh();
  if (record === null) {
    await valuesTable.saveRefresh({ place: 0, failures: 0, dueAt: retryAt, revision: 0 });
    return;
  }
  const isClaimed =
    record.dueAt <= startedAt && (await valuesTable.saveRefresh({ ...record, dueAt: retryAt })) === "saved";
  if (!isClaimed) {
    return;
  }
  const isDone = await refreshOne(ports, record);
  const claimed = { ...record, dueAt: retryAt, revision: record.revision + 1 };
  await valuesTable.saveRefresh(nextAfter(claimed, { isDone, startedAt, waits }));
}

/** Returns false where it is to be tried again. */
async function refreshOne(ports: RefreshPorts, { place, failures }: ValuesRefresh): Promise<boolean> {
  const { valuesTable, valueLists, tokens, circumstances, logValues } = ports;
  const startedAt = circumstances.now();
  const tokenIds = await tokens.listTokenIds();
  const tokenId = tokenIds[failures % tokenIds.length];
  const vehicleType = vehicleTypeNames[place % vehicleTypeNames.length];
  if (tokenId === undefined || vehicleType === undefined) {
    return false;
  }
  const reply = await valueLists.list({ tokenId, vehicleType });
  const attributes = reply.kind === "listed" ? reply.attributes : {};
  const models = reply.kind === "listed" ? reply.models : {};
  if (reply.kind !== "failed") {
    await valuesTable.save({ vehicleType, fetchedAt: startedAt, attributes, models });
  }
  const count = Object.keys(attributes).length;
  const notWhole = reply.kind === "listed" ? reply.notWhole : [];
  const reason = reply.kind === "failed" ? reply.reason : null;
  const durationMs = circumstances.now() - startedAt;
  logValues({ vehicleType, outcome: reply.kind, count, notWhole, reason, durationMs });
  return reply.kind !== "failed";
}

type Turn = { isDone: boolean; startedAt: number; waits: Waits };

/** One vehicle type at each tick, then a long rest. */
function nextAfter(record: ValuesRefresh, { isDone, startedAt, waits }: Turn): ValuesRefresh {
  const failures = isDone ? 0 : record.failures + 1;
  if (!isDone && failures < triesAtMost) {
    return { ...record, failures };
  }
  const place = (record.place + 1) % vehicleTypeNames.length;
  return { ...record, place, failures: 0, dueAt: place === 0 ? startedAt + waits.valuesMs : startedAt };
}
