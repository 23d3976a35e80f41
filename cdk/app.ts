import { App } from "aws-cdk-lib";
import { productionSettings } from "#cdk/settings.ts";
import { addStage } from "#cdk/stages.ts";

addStage(new App(), productionSettings);
