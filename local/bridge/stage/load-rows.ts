import { type AdRows, readAdRows } from "#local/sandbox/read-ad-record.ts";
import { formatAdName, type ItemKey } from "./ad-name.ts";
import type { Stage } from "./open-stage.ts";

/** An ad's record and history. Rejects with one sentence when the stage knows none. */
export async function loadRows({ name, tableAccess }: Stage, key: ItemKey): Promise<AdRows> {
  const rows = await readAdRows(tableAccess, key);
  if (rows === null) {
    throw new Error(`no ad ${formatAdName(key)} is known to ${name}`);
  }
  return rows;
}
