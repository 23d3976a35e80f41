import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { inventoryEventJsonSchema, inventoryEventTypes } from "./event-schemas.ts";
import { openApiDocument } from "./open-api.ts";
import { formatRules } from "./rules-table.ts";

export const projectRoot = resolve(import.meta.dirname, "../..");

export const openApiFile = "docs/contract/openapi.json";

/** The page whose tables of rules are written anew, between two marks. */
const rulesPage = "docs/inventory-events.md";
const marks = { begin: "<!-- rules: written by `npm run contract` -->", end: "<!-- rules: end -->" };

/** Every file of the published contract, by its path in the project, as the source has it now. */
export function buildContract(): Map<string, string> {
  const schemas = inventoryEventTypes.map(
    (type) => [`docs/contract/${type}.schema.json`, toText(inventoryEventJsonSchema(type))] as const,
  );
  return new Map([...schemas, [openApiFile, toText(openApiDocument())], [rulesPage, writeRules()]]);
}

function toText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function writeRules(): string {
  const page = readFileSync(join(projectRoot, rulesPage), "utf8");
  const [before, rest] = page.split(marks.begin);
  const [, after] = rest?.split(marks.end) ?? [];
  if (before === undefined || after === undefined) {
    throw new Error(`${rulesPage} lacks the marks between which its rules stand`);
  }
  return `${before}${marks.begin}\n\n${formatRules()}\n\n${marks.end}${after}`;
}
