import type { Command } from "commander";
import { progressOf } from "#local/bridge/stage/confirm.ts";
import { type CommandOptions, onStage, print, withStage } from "#local/bridge/stage/stage-command.ts";
import { checkToken, type TokenCheck } from "./check-token.ts";

/** `tokens`: each token's scope and expiry, and whether it fits its dealers. It ends with 0 only if none misfits. */
export function addTokens(program: Command): void {
  onStage(program.command("tokens"))
    .description("show each token's scope and expiry, and ask the marketplace (free) whether it fits its dealers")
    .action((options: CommandOptions) =>
      withStage(options, async ({ name, ports, readTokens }) => {
        const tokens = await readTokens();
        if (tokens.length === 0) {
          throw new Error(`${name} has no token`);
        }
        const progress = progressOf("tokens tried", tokens.length);
        const checks: TokenCheck[] = [];
        for (const token of tokens) {
          checks.push(await checkToken(ports.marketplace, token));
          progress(checks.length);
        }
        print(options, checks, formatTokens);
        const isFit = checks.every(({ dealers }) => dealers.every(({ fits }) => fits !== false));
        process.exitCode = isFit ? 0 : 1;
      }),
    );
}

function formatTokens(checks: readonly TokenCheck[]): string {
  return checks.map(formatToken).join("\n");
}

function formatToken({ tokenId, scope, expiresAt, dealers }: TokenCheck): string {
  const words = { true: "fits", false: "DOES NOT FIT", null: "not known" };
  return [
    `${tokenId}  ${scope}, ${expiresAt === null ? "does not say when it expires" : `expires ${expiresAt}`}`,
    ...dealers.map(({ dealerCode, fits, why }) => `  ${dealerCode.padEnd(12)} ${words[`${fits}`]}: ${why}`),
  ].join("\n");
}
