import type { StatusTable } from "#functions/status/status.ts";
import { receiptsAtMost } from "#shared/aws/table-keys.ts";
import type { FakeAdTable } from "./fake-ad-table.ts";

/** What status reads, of an ads table in memory. It finds the receipts of items that have been saved. */
export function fakeStatusTable(table: FakeAdTable): StatusTable {
  return {
    load: (key) => table.load(key),
    readNewestHistory: async (key, limit, before = Number.POSITIVE_INFINITY) =>
      table
        .history(key)
        .filter(({ metadata }) => metadata.sequence < before)
        .reverse()
        .slice(0, limit),
    findReceipts: async ({ source, id }) =>
      table
        .ads()
        .flatMap(({ key }) =>
          table
            .receipts(key)
            .filter((receipt) => receipt.source === source && receipt.eventId === id)
            .map((receipt) => ({ key, receipt })),
        )
        .slice(0, receiptsAtMost),
  };
}
