import { isUnchanged } from "#shared/aws/condition.ts";
import type { VehicleValues } from "#shared/contracts/known-values.ts";
import type { ValuesRefresh, ValuesTable } from "#shared/steps/ports.ts";
import { holds, judged } from "./holds.ts";

/** The values and the record of their refresh in memory. */
export function fakeValuesTable(): ValuesTable {
  const rows = new Map<string, VehicleValues>();
  let refresh: ValuesRefresh | null = null;
  return {
    loadAll: async () => structuredClone([...rows.values()]),
    async save(values) {
      rows.set(values.vehicleType, structuredClone(values));
    },
    loadRefresh: async () => structuredClone(refresh),
    async saveRefresh(record) {
      if (!holds(isUnchanged("revision", record.revision), judged("revision", refresh?.revision))) {
        return "conflict";
      }
      refresh = { ...record, revision: record.revision + 1 };
      return "saved";
    },
  };
}

/** What a world needs that has nothing to do with values: a marketplace that lists none. */
export function fakeValues() {
  return {
    valuesTable: fakeValuesTable(),
    valueLists: { list: async () => ({ kind: "unavailable" }) as const },
    logValues: () => {},
  };
}
