import { App } from "aws-cdk-lib";
import { addStage } from "#cdk/add-stage.ts";
import { ListenerStack } from "./listener-stack.ts";
import { emulatedStage, listenerName, type Release } from "./stage.ts";

/** The CDK app of `npm run test:deploy`: the stacks of every stage, and a listener's. */
const app = new App();
const context = (name: string): string => app.node.getContext(name);
const settings = emulatedStage(context("marketplaceUrl"), context("release") as Release);
const { kept } = addStage(app, settings);
new ListenerStack(app, listenerName, settings).addStackDependency(kept);
