import { Buffer } from "node:buffer";

/** One entry of a PutEvents call as it comes over the wire; `Time` is epoch seconds. */
export type PutEntry = {
  Time?: number;
  Source?: string;
  Resources?: string[];
  DetailType?: string;
  Detail?: string;
  EventBusName?: string;
};

/** An event as EventBridge hands it to a target. */
export type Delivery = {
  version: "0";
  id: string;
  "detail-type": string;
  source: string;
  account: "000000000000";
  time: string;
  region: string;
  resources: string[];
  detail: Record<string, unknown>;
};

export type EntryFault = { ErrorCode: string; ErrorMessage: string };

export const mostEntries = 10;
/** "The total entry size must be less than 1MB" (API reference of PutEvents). */
export const mostBytes = 1024 * 1024;

/** As the EventBridge user guide counts it ("Calculating PutEvents event entry size"). */
export function entryBytes(entry: PutEntry): number {
  const texts = [entry.Source, entry.DetailType, entry.Detail, ...(entry.Resources ?? [])];
  const time = entry.Time === undefined ? 0 : 14;
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text ?? ""), time);
}

/** What makes EventBridge refuse this one entry and take the others of its call; null when nothing does. */
export function entryFault(entry: PutEntry): EntryFault | null {
  for (const name of ["Source", "DetailType", "Detail"] as const) {
    if (!entry[name]) {
      return {
        ErrorCode: "InvalidArgument",
        ErrorMessage: `Parameter ${name} is not valid. Reason: ${name} is a required argument.`,
      };
    }
  }
  if ((entry.DetailType ?? "").length > 128) {
    return {
      ErrorCode: "InvalidArgument",
      ErrorMessage: "Parameter DetailType is not valid. Reason: longer than 128.",
    };
  }
  return parseDetail(entry) === null ? { ErrorCode: "MalformedDetail", ErrorMessage: "Detail is malformed." } : null;
}

/** Whole seconds, as EventBridge gives them. */
export function toDelivery(entry: PutEntry, given: { id: string; region: string; now: number }): Delivery {
  const time = entry.Time === undefined ? given.now : entry.Time * 1000;
  return {
    version: "0",
    id: given.id,
    "detail-type": entry.DetailType ?? "",
    source: entry.Source ?? "",
    account: "000000000000",
    time: new Date(time).toISOString().replace(/\.\d+Z$/, "Z"),
    region: given.region,
    resources: entry.Resources ?? [],
    detail: parseDetail(entry) ?? {},
  };
}

function parseDetail(entry: PutEntry): Record<string, unknown> | null {
  try {
    const detail: unknown = JSON.parse(entry.Detail ?? "");
    return typeof detail === "object" && detail !== null && !Array.isArray(detail) ? { ...detail } : null;
  } catch {
    return null;
  }
}
