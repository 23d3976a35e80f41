import { faultKinds } from "#local/simulator/fault-kinds.ts";
import { faultSchema } from "#local/simulator/faults.ts";
import { quirkNames, quirks } from "#local/simulator/quirks.ts";

function formatRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

function formatTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [formatRow(head), formatRow(head.map(() => "---")), ...rows.map(formatRow)].join("\n");
}

function quirkTable(): string {
  const rows = quirkNames.map((name) => {
    const { default: standard, alternatives, source } = quirks[name];
    const others = alternatives.filter((value) => value !== standard).map((value) => `\`${value}\``);
    return [`\`${name}\``, `\`${standard}\``, others.join(", "), source];
  });
  return formatTable(["Quirk", "Default", "Alternatives", "What the documents say"], rows);
}

function faultTable(): string {
  const rows = faultKinds.map((kind) => {
    const option = faultSchema.options.find(({ shape }) => shape.kind.value === kind);
    const own = Object.keys(option?.shape ?? {}).filter((name) => !["match", "times", "kind"].includes(name));
    return [`\`${kind}\``, own.map((name) => `\`${name}\``).join(", "), option?.description ?? ""];
  });
  return formatTable(["Kind", "Fields", "What it does"], rows);
}

const tables: Record<string, () => string> = { quirks: quirkTable, faults: faultTable };

/** The documentation with each table between `<!-- table: name -->` and `<!-- end -->` as the code has it now. */
export function withTables(text: string): string {
  return text.replace(/<!-- table: (\w+) -->[\s\S]*?<!-- end -->/g, (_, name: string) => {
    const table = tables[name];
    if (table === undefined) throw new Error(`there is no table ${name}: there are ${Object.keys(tables).join(", ")}`);
    return `<!-- table: ${name} -->\n${table()}\n<!-- end -->`;
  });
}
