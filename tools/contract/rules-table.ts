import { vehicleTypeNames } from "#shared/contracts/vehicle-types.ts";
import { judge } from "./judge.ts";
import { breakRule } from "./published-examples.ts";
import { errorExamples, otherTypes, type RuleExample, registeredTypes, warningExamples } from "./rule-examples.ts";

/** Every rule as a row of Markdown: what the door really answers to its example. Throws where it answers something else. */
export function formatRules(): string {
  return [
    "### Errors: the event is rejected",
    "",
    ...table(errorExamples, "errors"),
    "",
    "### Warnings: the event is queued",
    "",
    ...table(warningExamples, "warnings"),
  ].join("\n");
}

function table(examples: readonly RuleExample[], kind: "errors" | "warnings"): string[] {
  const head = ["| field | code | message | for | example | source |", "|---|---|---|---|---|---|"];
  return [...head, ...examples.map((example) => row(example, kind))];
}

function row(example: RuleExample, kind: "errors" | "warnings"): string {
  const found = judge(breakRule(example))[kind].find(
    ({ pointer, code }) => pointer === example.pointer && code === example.code,
  );
  if (found === undefined) {
    throw new Error(`the door says nothing of ${example.code} at ${example.pointer} of a ${example.types[0]}`);
  }
  const { types, source } = example;
  const cells = [`\`${found.pointer}\``, `\`${found.code}\``, found.message, name(types), describe(example), source];
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

const longest = 40;

function name(types: RuleExample["types"]): string {
  return types === vehicleTypeNames
    ? "all"
    : types === registeredTypes
      ? "registered"
      : types === otherTypes
        ? "the others"
        : types.join(", ");
}

function describe({ types: [vehicleType], path, value }: RuleExample): string {
  const text = JSON.stringify(value);
  const shown = text === undefined ? "left out" : text.length > longest ? `${text.slice(0, longest)}…` : text;
  return `${vehicleType}: \`${path}\` ${text === undefined ? shown : `= \`${shown}\``}`;
}
