import { readFileSync } from "node:fs";
import { join } from "node:path";
import { productionSettings } from "#cdk/stages.ts";
import { synthesize } from "#test/infra/synthesize.ts";
import { idleCosts, totalOf } from "./idle-costs.ts";
import { date, prices, region } from "./read-prices.ts";

export const operationsFile = join(import.meta.dirname, "../../docs/operations.md");

const marks = { begin: "<!-- costs: written by `npm run costs` -->", end: "<!-- end of costs -->" };

/** docs/operations.md with the table as the template, the waits and the prices of today make it. */
export function operationsWithCosts(): string {
  const text = readFileSync(operationsFile, "utf8");
  const [before, rest] = text.split(marks.begin);
  const after = rest?.split(marks.end)[1];
  if (after === undefined) {
    throw new Error(`docs/operations.md has no ${marks.begin} … ${marks.end}`);
  }
  return `${before}${marks.begin}\n\n${formatTable()}\n\n${marks.end}${after}`;
}

function formatTable(): string {
  const { kept, bridge } = synthesize();
  const { waits, memoryMb } = productionSettings;
  const lines = idleCosts({ resources: { ...kept, ...bridge }, waits, memoryMb: memoryMb.poll }, prices);
  return [
    `List prices of ${region}, ${date} (\`bench/prices.json\`), without AWS's free tiers.`,
    "",
    "| what | a month | USD | comes to |",
    "|---|---|---|---|",
    ...lines.map(({ what, amount, price, usd }) => `| ${what} | ${amount} | ${price} | ${usd.toFixed(2)} |`),
    `| **together** | | | **${totalOf(lines).toFixed(2)}** |`,
  ].join("\n");
}
