import { appendFileSync, existsSync, mkdirSync, readFileSync, truncateSync } from "node:fs";
import { join } from "node:path";
import type { Delivery } from "./event-bus-rules.ts";

/**
 * What was put on the bus, in order: in memory, and line by line in `ad-events.ndjson` when there is a directory. A line is
 * in the file before its put is answered; one that a SIGKILL cut short was never answered, and is cut off at the start.
 */
export function openDeliveryLog(dir: string | undefined): { deliveries: Delivery[]; append(added: Delivery[]): void } {
  if (dir === undefined) {
    const deliveries: Delivery[] = [];
    return { deliveries, append: (added) => void deliveries.push(...added) };
  }
  mkdirSync(dir, { recursive: true });
  const file = join(dir, "ad-events.ndjson");
  const deliveries = existsSync(file) ? readWhole(file) : [];
  return {
    deliveries,
    append: (added) => {
      appendFileSync(file, added.map((delivery) => `${JSON.stringify(delivery)}\n`).join(""));
      deliveries.push(...added);
    },
  };
}

function readWhole(file: string): Delivery[] {
  const bytes = readFileSync(file);
  const end = bytes.lastIndexOf("\n") + 1;
  if (end < bytes.length) {
    truncateSync(file, end);
  }
  const lines = bytes.subarray(0, end).toString().split("\n").filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Delivery);
}
