import type { Command } from "commander";
import { type ActingOptions, confirm, onStageActing } from "#local/bridge/stage/confirm.ts";
import type { Stage } from "#local/bridge/stage/open-stage.ts";
import { type CommandOptions, onStage, print, withStage } from "#local/bridge/stage/stage-command.ts";
import { anyToken, type Lane } from "#shared/ad/lane.ts";
import { loadClosed, openLanes, pauseDealer } from "./change-lanes.ts";
import { describeLane } from "./describe-lane.ts";
import { listLanes } from "./list-lanes.ts";

/** `lanes list`, `lanes close DEALER`, `lanes open DEALER`. A dealer closed by hand stays so until it is opened. */
export function addLanes(program: Command): void {
  const lanes = program.command("lanes").description("the lanes: all calls with one token for one dealer");
  onStage(lanes.command("list", { isDefault: true }))
    .description("show the lanes that are closed or failing, and the dealers that are paused")
    .action((options: CommandOptions) =>
      withStage(options, async (stage) => print(options, await listLanes(stage), formatLanes)),
    );
  onStageActing(lanes.command("close"))
    .description("pause a dealer: no call is made for it until it is opened; its events are taken and kept")
    .argument("<dealer>")
    .action((dealerCode: string, options: ActingOptions) =>
      withStage(options, (stage) => close(stage, dealerCode, options)),
    );
  onStageActing(lanes.command("open"))
    .description("open what is closed for a dealer; what is still wrong closes it again")
    .argument("<dealer>")
    .action((dealerCode: string, options: ActingOptions) =>
      withStage(options, (stage) => open(stage, dealerCode, options)),
    );
}

async function close(stage: Stage, dealerCode: string, options: ActingOptions): Promise<void> {
  const { ports } = stage;
  if ((await ports.tokens.findForDealer(dealerCode)) === null) {
    throw new Error(`no token of ${stage.name} covers a dealer ${dealerCode}`);
  }
  await confirm(
    `This pauses ${dealerCode} in ${stage.name}: events are still taken, and nothing is written or charged until it is opened.`,
    options,
  );
  const outcome = await pauseDealer(ports.lanes, dealerCode, ports.circumstances.now());
  print(
    options,
    { dealerCode, outcome },
    () => `${dealerCode} ${outcome === "paused" ? "is paused" : "was paused before"}`,
  );
}

async function open(stage: Stage, dealerCode: string, options: ActingOptions): Promise<void> {
  const token = await stage.ports.tokens.findForDealer(dealerCode);
  const closed = await loadClosed(stage.ports.lanes, { tokenId: token?.tokenId ?? anyToken, dealerCode });
  if (closed.length === 0) {
    throw new Error(`nothing is closed for the dealer ${dealerCode} in ${stage.name}`);
  }
  const minutes = Math.ceil((2 * stage.config.waits.laneClosedMs) / 60_000);
  await confirm(
    `${closed.map(describeLane).join("\n")}\nThis opens it; the ads that waited come back within ${minutes} minutes.`,
    options,
  );
  const changed = await openLanes(stage.ports.lanes, closed);
  if (changed.length > 0) {
    throw new Error("a lane changed meanwhile and was left as it is: look again with lanes list");
  }
  print(options, { dealerCode, outcome: "opened" }, () => `${dealerCode} is open`);
}

function formatLanes(lanes: readonly Lane[]): string {
  return lanes.length === 0 ? "every lane is in order" : lanes.map(describeLane).join("\n");
}
