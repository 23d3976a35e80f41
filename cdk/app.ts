import { App, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import { addStage } from "#cdk/add-stage.ts";
import { readStage } from "#cdk/stages.ts";

const app = new App();
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
try {
  addStage(app, readStage(app.node.tryGetContext("stage")));
} catch (error) {
  // One sentence, without a stack, is what whoever deploys can act on.
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
