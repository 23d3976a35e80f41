import { askAws } from "./ask-aws.ts";
import { isUnchanged } from "./condition.ts";
import { putIf, readItem, type TableAccess } from "./conditional-put.ts";

type CanaryRecord = {
  watchedSince: number;
  sentAt: number;
  heardSentAt: number | null;
  isMissing: boolean;
  revision: number;
};

const key = { pk: { S: "canary" }, sk: { S: "canary" } };

/** What is known of the canaries: one row in the table of the ads, in no index. */
export function dynamoCanaryTable(table: TableAccess) {
  return {
    async load(): Promise<CanaryRecord | null> {
      const item = await readItem(table, key);
      return item === undefined ? null : (JSON.parse(item.canary?.S ?? "") as CanaryRecord);
    },

    save(record: CanaryRecord): Promise<"saved" | "conflict"> {
      const condition = isUnchanged("revision", record.revision);
      const stored = { ...record, revision: record.revision + 1 };
      const item = { ...key, revision: { N: String(stored.revision) }, canary: { S: JSON.stringify(stored) } };
      return askAws("save the canary", () => putIf(table, { item, condition }));
    },
  };
}
