import type { Command } from "commander";
import { readAccess } from "#local/bridge/read-access.ts";
import { type CommandOptions, print } from "#local/bridge/stage/stage-command.ts";
import { readEventsFile } from "#local/send/read-events-file.ts";
import { askBridge } from "./ask-bridge.ts";
import { askMarketplace } from "./ask-marketplace.ts";
import { compareVerdicts } from "./compare-verdicts.ts";
import { formatComparison } from "./format-comparison.ts";

/** `validate FILE`: what the bridge and the marketplace each say of the events in a file. Nothing is queued, nothing saved. */
export function addValidate(program: Command): void {
  program
    .command("validate")
    .description("judge a file of inventory events: by the bridge (a dry run), and by the marketplace's own /validate")
    .argument("<file>", "JSON of one event or of an array; - for standard input")
    .option("--json", "answer in JSON")
    .addHelpText(
      "after",
      "\nWithout more it asks a sandbox (npm start; PORT, SIMULATOR_PORT). Others are named by BRIDGE_URL, BRIDGE_SOURCE and\nBRIDGE_SECRET, and by MARKETPLACE_URL and BLOCKET_TOKEN. It ends with 0 only if both find every event valid.",
    )
    .action(validate);
}

async function validate(file: string, options: CommandOptions): Promise<void> {
  const access = readAccess(process.env);
  const text = readEventsFile(file);
  const value: unknown = JSON.parse(text);
  const events: unknown[] = Array.isArray(value) ? value : [value];
  const ours = await askBridge(access, text);
  const theirs = await Promise.all(events.map((event) => askMarketplace(access, event)));
  const comparisons = ours.map((verdict, place) =>
    compareVerdicts(verdict, theirs[place] ?? { kind: "not-asked", why: "" }),
  );
  print(options, comparisons, (all) => all.map(formatComparison).join("\n"));
  process.exitCode = comparisons.every(({ isValid }) => isValid) ? 0 : 1;
}
