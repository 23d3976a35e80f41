import type { TokenChange } from "./history.ts";
import { dawn } from "./history.ts";
import type { HistoryWorld } from "./history-world.ts";

/** Lays down what happens to the tokens in the course of a history, so that it happens in its time. */
export function planTokenChanges(world: HistoryWorld): void {
  for (const change of world.history.tokenChanges ?? []) {
    world.landings.push({ at: dawn + change.at, land: () => apply(world, change) });
  }
}

function apply({ secret, marketplace, trace }: HistoryWorld, { kind, dealerCode }: TokenChange): void {
  trace.note("tokens", `the one of ${dealerCode} is ${kind}`);
  switch (kind) {
    case "revoked": {
      const { revokedTokens } = marketplace.settings();
      marketplace.changeSettings({ revokedTokens: [...revokedTokens, secret.valueFor(dealerCode)] });
      return;
    }
    case "restored":
      marketplace.changeSettings({ revokedTokens: [] });
      return;
    case "replaced":
      secret.replace(dealerCode);
      return;
    case "renamed":
      secret.rename(dealerCode);
      return;
  }
}
