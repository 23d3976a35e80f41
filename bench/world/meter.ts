/** What is billed, by the unit that it is billed in. */
export type Resource =
  | "API Gateway requests"
  | "Lambda requests"
  | "Lambda GB-s, waiting"
  | "Lambda GB-s, computing"
  | "DynamoDB requests"
  | "DynamoDB write units"
  | "DynamoDB read units"
  | "SQS requests"
  | "SQS requests with a group"
  | "EventBridge requests"
  | "EventBridge events"
  | "log GB";

/** Requests of one kind that a part makes to DynamoDB, and the units they are billed. */
export type Asked = { requests: number; reads: number; writes: number };

/** Counts what is used, by the part that uses it. */
export type Meter = {
  count(part: string, resource: Resource, amount: number): void;
  /** Counts one request to DynamoDB by what it is, such as `submit: PutItem ad`. */
  countAsked(what: string, units: { reads: number; writes: number }): void;
  asked(): Map<string, Asked>;
  /** By part, then by resource. */
  all(): Map<string, Map<Resource, number>>;
  total(resource: Resource): number;
  reset(): void;
};

export function makeMeter(): Meter {
  const parts = new Map<string, Map<Resource, number>>();
  const asked = new Map<string, Asked>();
  return {
    countAsked(what, { reads, writes }) {
      const sum = asked.get(what) ?? { requests: 0, reads: 0, writes: 0 };
      asked.set(what, { requests: sum.requests + 1, reads: sum.reads + reads, writes: sum.writes + writes });
    },
    asked: () => asked,
    count(part, resource, amount) {
      const resources = parts.get(part) ?? new Map<Resource, number>();
      parts.set(part, resources);
      resources.set(resource, (resources.get(resource) ?? 0) + amount);
    },
    all: () => parts,
    total: (resource) => [...parts.values()].reduce((sum, resources) => sum + (resources.get(resource) ?? 0), 0),
    reset() {
      parts.clear();
      asked.clear();
    },
  };
}
