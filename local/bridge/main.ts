import { Command } from "commander";
import { addValidate } from "./validate/validate-command.ts";

/** `npm run bridge -- COMMAND`: the bridge's program for who looks after it. */
const program = new Command("bridge").description("Looks after a Blocket bridge.").showHelpAfterError();
addValidate(program);

try {
  await program.parseAsync();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
