import type { CanaryRecord, CanaryTable } from "#shared/steps/ports.ts";

/** The record of the canaries in memory. */
export function fakeCanaryTable(): CanaryTable {
  let stored: CanaryRecord | null = null;
  return {
    async load() {
      return structuredClone(stored);
    },
    async save(record) {
      if ((stored?.revision ?? 0) !== record.revision) {
        return "conflict";
      }
      stored = { ...record, revision: record.revision + 1 };
      return "saved";
    },
  };
}
