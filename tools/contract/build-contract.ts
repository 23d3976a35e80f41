import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { adEventJsonSchema, adEventTypes } from "./ad-event-schemas.ts";
import { formatAdEvents } from "./ad-events-page.ts";
import { inventoryEventJsonSchema, inventoryEventTypes } from "./event-schemas.ts";
import { openApiDocument } from "./open-api.ts";
import { formatRules } from "./rules-table.ts";

export const projectRoot = resolve(import.meta.dirname, "../..");

export const openApiFile = "docs/contract/openapi.json";

/** The file of the JSON Schema of an inventory event, or of the detail of an ad event. */
export const schemaFile = (type: string) => `docs/contract/${type}.schema.json`;

/** Every file of the published contract, by its path in the project, as the source has it now. */
export async function buildContract(): Promise<Map<string, string>> {
  const events = await formatAdEvents();
  return new Map([
    ...inventoryEventTypes.map((type) => [schemaFile(type), toText(inventoryEventJsonSchema(type))] as const),
    ...adEventTypes.map((type) => [schemaFile(type), toText(adEventJsonSchema(type))] as const),
    [openApiFile, toText(openApiDocument())],
    writePart("docs/inventory-events.md", "rules", formatRules()),
    writePart("docs/events.md", "events", events),
  ]);
}

function toText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** A page with what stands between its two marks written anew. */
function writePart(path: string, part: string, written: string): readonly [string, string] {
  const [begin, end] = [`<!-- ${part}: written by \`npm run contract\` -->`, `<!-- ${part}: end -->`];
  const [before, rest] = readFileSync(join(projectRoot, path), "utf8").split(begin);
  const [, after] = rest?.split(end) ?? [];
  if (before === undefined || after === undefined) {
    throw new Error(`${path} lacks the marks between which its ${part} stand`);
  }
  return [path, `${before}${begin}\n\n${written}\n\n${end}${after}`];
}
