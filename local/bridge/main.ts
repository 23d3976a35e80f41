import { Command } from "commander";
import { addAd } from "./ad/ad-command.ts";
import { addDeadLetters } from "./dead-letters/dead-letters-command.ts";
import { addDiscard } from "./dead-letters/discard-command.ts";
import { addRedrive } from "./dead-letters/redrive-command.ts";
import { addForget } from "./forget/forget-command.ts";
import { addLanes } from "./lanes/lanes-command.ts";
import { addMoveReceipts } from "./move-receipts/move-receipts-command.ts";
import { addReplay } from "./replay/replay-command.ts";
import { addSecrets } from "./secrets/secrets-command.ts";
import { describeFault } from "./stage/describe-fault.ts";
import { addStuck } from "./stuck/stuck-command.ts";
import { addTokens } from "./tokens/tokens-command.ts";
import { addValidate } from "./validate/validate-command.ts";
import { addWhere } from "./where/where-command.ts";
import { addWhy } from "./why/why-command.ts";

/** `npm run bridge -- COMMAND`: the bridge's program for who looks after it. */
const program = new Command("bridge").description("Looks after a Blocket bridge.").showHelpAfterError();
const looking = [addStuck, addAd, addWhy, addDeadLetters, addTokens, addSecrets, addValidate, addWhere];
const acting = [addRedrive, addDiscard, addReplay, addLanes, addForget, addMoveReceipts];
for (const add of [...looking, ...acting]) {
  add(program);
}

try {
  await program.parseAsync();
} catch (error) {
  console.error(describeFault(error));
  process.exitCode = 1;
}
