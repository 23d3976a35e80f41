import { readFileSync } from "node:fs";
import { join } from "node:path";

const samplePath = join(import.meta.dirname, "..", "..", "local", "samples", "car.json");
const sample = readFileSync(samplePath, "utf8");
const { ad, itemId } = (JSON.parse(sample) as { data: { ad: { category_fields: object }; itemId: string } }).data;

/** The sample car as the body of a POST, about 800 bytes, with a plate, an id and image addresses of its own. */
export function carOf(index: number): string {
  const registration_number = index.toString(36).toUpperCase().padStart(6, "A");
  const car = {
    source_id: sourceIdOf(index),
    dealer_code: index % 2 === 0 ? "DEMO" : "DEMO2",
    category_id: 1020,
    ...ad,
    category_fields: { ...ad.category_fields, registration_number },
  };
  return JSON.stringify(car).replaceAll(`${itemId}/`, `${itemId}-${index}/`);
}

/** A UUID, as the bridge uses them. */
export function sourceIdOf(index: number): string {
  return `00000000-0000-5000-8000-${index.toString(16).padStart(12, "0")}`;
}
