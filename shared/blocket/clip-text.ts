/** At most `longest` characters, well-formed Unicode: what the API sends ends in our records and in other people's. */
export function clipText(text: string, longest: number): string {
  const whole = text.toWellFormed();
  return whole.length <= longest ? whole : `${whole.slice(0, longest - 1).toWellFormed()}…`;
}

/** Deeper than anything the API has reason to send; far less than what overflows the stack. */
const mostLevels = 32;

/** A text as it is, anything else as JSON; nothing for null. */
export function showValue(value: unknown, longest: number): string {
  if (value === null || value === undefined) {
    return "";
  }
  if (typeof value === "string") {
    return clipText(value, longest);
  }
  return nestsWithin(value, mostLevels) ? clipText(JSON.stringify(value), longest) : "(nested too deeply to show)";
}

function nestsWithin(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) {
    return true;
  }
  return levels > 0 && Object.values(value).every((member) => nestsWithin(member, levels - 1));
}
