import { HttpApi, HttpMethod, HttpStage } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import type { Settings } from "#cdk/settings.ts";

export type InventoryApiProps = { name: string; receive: IFunction; requests: Settings["requests"] };

/** The one door for sources. It only holds back floods; whether a request is genuine is for `receive` to say. */
export class InventoryApi extends Construct {
  readonly url: string;

  constructor(scope: Construct, id: string, { name, receive, requests }: InventoryApiProps) {
    super(scope, id);
    const api = new HttpApi(this, "Api", {
      apiName: name,
      description: "Blocket bridge: inventory events",
      createDefaultStage: false,
    });
    const stage = new HttpStage(this, "Stage", {
      httpApi: api,
      autoDeploy: true,
      throttle: { rateLimit: requests.perSecond, burstLimit: requests.burst },
    });
    api.addRoutes({
      path: "/sources/{source}/inventory-events",
      methods: [HttpMethod.POST],
      integration: new HttpLambdaIntegration("Receive", receive),
    });
    this.url = stage.url;
  }
}
