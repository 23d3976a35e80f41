import { HttpApi, HttpMethod, HttpStage } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import type { StageSettings } from "#cdk/stages.ts";
import { type Route, routes } from "#shared/contracts/routes.ts";

export type InventoryApiProps = {
  name: string;
  functions: Record<Route["functionName"], IFunction>;
  requests: StageSettings["requests"];
};

/** The one door for sources. It only holds back floods; whether a request is genuine is for the functions to say. */
export class InventoryApi extends Construct {
  readonly url: string;
  readonly api: HttpApi;

  constructor(scope: Construct, id: string, { name, functions, requests }: InventoryApiProps) {
    super(scope, id);
    this.api = new HttpApi(this, "Api", {
      apiName: name,
      description: "Blocket bridge: inventory events",
      createDefaultStage: false,
    });
    const stage = new HttpStage(this, "Stage", {
      httpApi: this.api,
      autoDeploy: true,
      throttle: { rateLimit: requests.perSecond, burstLimit: requests.burst },
    });
    const integrations = {
      receive: new HttpLambdaIntegration("Receive", functions.receive),
      status: new HttpLambdaIntegration("Status", functions.status),
    };
    for (const { method, path, functionName } of routes) {
      this.api.addRoutes({ path, methods: [HttpMethod[method]], integration: integrations[functionName] });
    }
    this.url = stage.url;
  }
}
