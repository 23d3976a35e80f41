/** One thing found wrong with a document: where in it, in words. The pointer is null where none was given. */
export type Fault = { pointer: string | null; message: string };

/** What the bridge says of one event; `id` as the event has it. `warnings` make nothing invalid. */
export type BridgeVerdict = { id: string; faults: readonly Fault[]; warnings: readonly Fault[] };

/** What the marketplace says of its document; it is only asked about one. */
export type MarketplaceVerdict =
  | { kind: "valid" }
  | { kind: "refused"; faults: readonly Fault[] }
  | { kind: "not-asked"; why: string };
