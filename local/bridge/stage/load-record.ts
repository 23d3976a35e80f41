import { type AdRecord, adReader } from "#local/sandbox/read-ad-record.ts";
import { formatAdName, type ItemKey } from "./ad-name.ts";
import type { Stage } from "./open-stage.ts";

/** All that a stage holds of one ad. Rejects with one sentence when it knows none. */
export async function loadRecord({ name, tableAccess }: Stage, key: ItemKey): Promise<AdRecord> {
  const record = await adReader(tableAccess)(key);
  if (record === null) {
    throw new Error(`no ad ${formatAdName(key)} is known to ${name}`);
  }
  return record;
}
