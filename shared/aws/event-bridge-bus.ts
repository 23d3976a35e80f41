import { Buffer } from "node:buffer";
import {
  type EventBridgeClient,
  EventBridgeServiceException,
  PutEventsCommand,
  type PutEventsRequestEntry,
} from "@aws-sdk/client-eventbridge";
import type { AdEvent } from "#shared/contracts/ad-event.ts";
import { askAws } from "./ask-aws.ts";
import { chunkEntries } from "./chunk-entries.ts";

/** 10 entries; 1 MB in the API reference of PutEvents, 256 KB in older regions' documents: what fits both. */
const limits = { most: 10, mostBytes: 256 * 1000 };

export type BusAccess = { client: EventBridgeClient; busName: string; source: string };

type Outgoing = { event: AdEvent; entry: PutEventsRequestEntry };

/**
 * Ad events to EventBridge. Behind an event that the bus didn't take, the later ones of the same ad count as not taken too,
 * though the bus may have them: told again in order, they cost a repeat and not the order.
 */
export function eventBridgeBus({ client, busName, source }: BusAccess) {
  const put = async (chunk: readonly Outgoing[]): Promise<AdEvent[]> => {
    const answer = await client.send(new PutEventsCommand({ Entries: chunk.map(({ entry }) => entry) }));
    const results = answer.Entries ?? [];
    return chunk.filter((_, place) => results[place]?.EventId === undefined).map(({ event }) => event);
  };
  /** A call refused for its size says nothing of its entries: each is tried by itself. */
  const putChunk = async (chunk: readonly Outgoing[]): Promise<AdEvent[]> => {
    try {
      return await put(chunk);
    } catch (cause) {
      if (!isRefusedForSize(cause)) {
        throw cause;
      }
    }
    const [only, ...more] = chunk;
    return only !== undefined && more.length === 0 ? [only.event] : putEach(chunk);
  };
  const putEach = async (chunk: readonly Outgoing[]): Promise<AdEvent[]> => {
    const untaken: AdEvent[] = [];
    for (const outgoing of chunk) {
      untaken.push(...(await putChunk([outgoing])));
    }
    return untaken;
  };
  return {
    async publish(events: readonly AdEvent[]): Promise<AdEvent[]> {
      const outgoing = events.map((event) => ({ event, entry: toEntry(event, { busName, source }) }));
      const untaken = new Set<AdEvent>();
      for (const chunk of chunkEntries(outgoing, { ...limits, bytesOf: ({ entry }) => entryBytes(entry) })) {
        for (const event of await askAws("publish ad events", () => putChunk(chunk))) {
          untaken.add(event);
        }
      }
      return withFollowers(events, untaken);
    },
  };
}

function withFollowers(events: readonly AdEvent[], untaken: ReadonlySet<AdEvent>): AdEvent[] {
  const broken = new Set<string>();
  return events.filter((event) => {
    const ad = JSON.stringify([event.metadata.dealerCode, event.metadata.itemId]);
    if (untaken.has(event)) {
      broken.add(ad);
    }
    return broken.has(ad);
  });
}

function toEntry(
  { type, metadata, data }: AdEvent,
  target: { busName: string; source: string },
): PutEventsRequestEntry {
  return {
    Time: new Date(metadata.occurredAt),
    Source: target.source,
    DetailType: type,
    Detail: JSON.stringify({ metadata, data }),
    EventBusName: target.busName,
  };
}

/** As the EventBridge user guide counts it; 14 is the time. */
function entryBytes(entry: PutEventsRequestEntry): number {
  const texts = [entry.Source, entry.DetailType, entry.Detail];
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text ?? ""), 14);
}

function isRefusedForSize(cause: unknown): boolean {
  return (
    cause instanceof EventBridgeServiceException &&
    (cause.$metadata.httpStatusCode === 413 || (cause.name === "ValidationException" && /size/i.test(cause.message)))
  );
}
