import { isJsonObject, type Json } from "./json.ts";
import type { QuirkValues } from "./quirks.ts";
import type { LogEntry } from "./state.ts";

function toText(message: Json): string {
  if (Array.isArray(message)) return message.map(toText).join(" ");
  if (!isJsonObject(message)) return String(message);
  return Object.entries(message)
    .map(([key, value]) => `${key}: ${toText(value)}`)
    .join("; ");
}

function toObject({ message, state }: LogEntry): Json {
  if (isJsonObject(message)) return message;
  return state === "error" ? { non_field_errors: [message] } : { message };
}

/** The `external_message` of a line. As it is kept, a status is a text, and so is an error that belongs to no field. */
export function renderMessage(entry: LogEntry, form: QuirkValues["messageForm"]): Json {
  switch (form) {
    case "mixed":
      return entry.message;
    case "text":
      return toText(entry.message);
    case "object":
      return toObject(entry);
  }
}
