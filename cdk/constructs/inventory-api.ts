import { RemovalPolicy, Validations } from "aws-cdk-lib";
import { AccessLogFormat } from "aws-cdk-lib/aws-apigateway";
import { HttpApi, HttpMethod, HttpStage, LogGroupLogDestination } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import type { StageSettings } from "#cdk/stages.ts";
import { type Route, routes } from "#shared/contracts/routes.ts";

export type InventoryApiProps = {
  name: string;
  functions: Record<Route["functionName"], IFunction>;
  requests: StageSettings["requests"];
  logRetentionDays: number;
};

/** Not the path, in which an item may be named after its registration number, nor who called from where. */
const accessLine = AccessLogFormat.custom(
  JSON.stringify({
    requestId: "$context.requestId",
    routeKey: "$context.routeKey",
    requestTime: "$context.requestTime",
    status: "$context.status",
    responseLength: "$context.responseLength",
    responseLatency: "$context.responseLatency",
    integrationStatus: "$context.integrationStatus",
  }),
);

/** The one door for sources. It only holds back floods; whether a request is genuine is for the functions to say. */
export class InventoryApi extends Construct {
  readonly url: string;
  readonly api: HttpApi;

  constructor(scope: Construct, id: string, { name, functions, requests, logRetentionDays }: InventoryApiProps) {
    super(scope, id);
    this.api = new HttpApi(this, "Api", {
      apiName: name,
      description: "Blocket bridge: inventory events",
      createDefaultStage: false,
    });
    const accessLog = new LogGroup(this, "AccessLog", {
      retention: logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const stage = new HttpStage(this, "Stage", {
      httpApi: this.api,
      autoDeploy: true,
      accessLogSettings: { destination: new LogGroupLogDestination(accessLog), format: accessLine },
      throttle: { rateLimit: requests.perSecond, burstLimit: requests.burst },
    });
    const integrations = {
      receive: new HttpLambdaIntegration("Receive", functions.receive),
      status: new HttpLambdaIntegration("Status", functions.status),
    };
    for (const { method, path, functionName } of routes) {
      this.api.addRoutes({ path, methods: [HttpMethod[method]], integration: integrations[functionName] });
    }
    Validations.of(this.api).acknowledge({
      id: "AwsSolutions::AwsSolutions-APIG4",
      reason:
        "A signature covers the body's bytes, which no authorizer is given: the functions verify it before all else.",
    });
    this.url = stage.url;
  }
}
