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

/** Counts what is used, by the part that uses it. */
export type Meter = {
  count(part: string, resource: Resource, amount: number): void;
  /** By part, then by resource. */
  all(): Map<string, Map<Resource, number>>;
  total(resource: Resource): number;
  reset(): void;
};

export function makeMeter(): Meter {
  const parts = new Map<string, Map<Resource, number>>();
  return {
    count(part, resource, amount) {
      const resources = parts.get(part) ?? new Map<Resource, number>();
      parts.set(part, resources);
      resources.set(resource, (resources.get(resource) ?? 0) + amount);
    },
    all: () => parts,
    total: (resource) => [...parts.values()].reduce((sum, resources) => sum + (resources.get(resource) ?? 0), 0),
    reset: () => parts.clear(),
  };
}
