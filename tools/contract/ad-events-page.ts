import type { AdEvent, AdEventType } from "#shared/contracts/ad-event.ts";
import { adEventJsonSchema, adEventTypes } from "./ad-event-schemas.ts";
import { adEventWords, complaintWords, metadataWords } from "./ad-event-words.ts";
import type { JsonSchema } from "./json-schemas.ts";
import { playExamples } from "./play-examples.ts";

/** What of the page about ad events is made from the source: every field, and an event of each type that was really told. */
export async function formatAdEvents(): Promise<string> {
  const examples = await playExamples(adEventTypes);
  const [first] = adEventTypes;
  return [
    "### metadata",
    "",
    ...table(fieldsOf(first as AdEventType, "metadata"), metadataWords),
    "",
    "An entry of `errors` or `warnings`:",
    "",
    ...table({ code: text, pointer: textOrNull, message: text }, complaintWords),
    ...adEventTypes.flatMap((type) => ["", ...section(type, examples[type])]),
  ].join("\n");
}

const text: JsonSchema = { type: "string" };
const textOrNull: JsonSchema = { type: ["string", "null"] };

function section(type: AdEventType, { metadata, data }: AdEvent): string[] {
  const { when, fields } = adEventWords[type];
  const schema = `[schema](contract/${type}.schema.json)`;
  const example = JSON.stringify({ metadata, data }, null, 2);
  return [
    `### ${type}`,
    "",
    `${when} (${schema})`,
    "",
    ...table(fieldsOf(type, "data"), fields),
    "",
    "```json",
    example,
    "```",
  ];
}

function fieldsOf(type: AdEventType, part: "metadata" | "data"): Record<string, JsonSchema> {
  const { properties } = adEventJsonSchema(type) as { properties: Record<string, JsonSchema> };
  return (properties[part] as JsonSchema).properties as Record<string, JsonSchema>;
}

function table(fields: Readonly<Record<string, JsonSchema>>, words: Readonly<Record<string, string>>): string[] {
  const rows = Object.entries(fields).map(([name, schema]) => `| \`${name}\` | ${nameType(schema)} | ${words[name]} |`);
  return ["| field | type | |", "|---|---|---|", ...rows];
}

/** JSON's own names; a list of objects is a list here. */
function nameType({ type }: JsonSchema): string {
  return [type]
    .flat()
    .map((name) => (name === "array" ? "list" : String(name)))
    .join(" or ");
}
