import { isUnchanged } from "#shared/aws/condition.ts";
import type { CanaryRecord, CanaryTable } from "#shared/steps/ports.ts";
import { holds, judged } from "./holds.ts";

/** The record of the canaries in memory. */
export function fakeCanaryTable(): CanaryTable {
  let stored: CanaryRecord | null = null;
  return {
    async load() {
      return structuredClone(stored);
    },
    async save(record) {
      if (!holds(isUnchanged("revision", record.revision), judged("revision", stored?.revision))) {
        return "conflict";
      }
      stored = { ...record, revision: record.revision + 1 };
      return "saved";
    },
  };
}
