import type { App } from "aws-cdk-lib";
import { leaveOutLacking } from "#cdk/emulated.ts";
import { BridgeStack } from "#cdk/stacks/bridge-stack.ts";
import { KeptStack } from "#cdk/stacks/kept-stack.ts";
import type { StageSettings } from "#cdk/stages.ts";

/**
 * One deployment of the bridge: what is kept, and what is replaced. The second needs the first to be there, by name only,
 * so each can be deployed, rolled back or deleted without asking the other.
 */
export function addStage(app: App, settings: StageSettings): { kept: KeptStack; bridge: BridgeStack } {
  const kept = new KeptStack(app, `${settings.name}-kept`, settings);
  const bridge = new BridgeStack(app, settings.name, settings);
  bridge.addStackDependency(kept);
  if (settings.emulated) {
    leaveOutLacking(app);
  }
  return { kept, bridge };
}
