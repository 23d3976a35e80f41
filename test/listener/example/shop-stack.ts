import { Stack } from "aws-cdk-lib";
import { AttributeType, TableV2 } from "aws-cdk-lib/aws-dynamodb";
import { Runtime } from "aws-cdk-lib/aws-lambda";
import { NodejsFunction, OutputFormat } from "aws-cdk-lib/aws-lambda-nodejs";
import { AdEventSubscription } from "blocket-bridge/cdk";
import type { Construct } from "constructs";

export class ShopStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const heardAds = new TableV2(this, "HeardAds", {
      partitionKey: { name: "pk", type: AttributeType.STRING },
      sortKey: { name: "sk", type: AttributeType.STRING },
      timeToLiveAttribute: "expiresAt",
    });
    const shop = new NodejsFunction(this, "Shop", {
      entry: "handler.ts",
      runtime: Runtime.NODEJS_24_X,
      bundling: { format: OutputFormat.ESM },
      environment: { HEARD_ADS_TABLE: heardAds.tableName },
    });
    heardAds.grantReadWriteData(shop);
    new AdEventSubscription(this, "AdEvents", { busName: "blocket-bridge", dealers: ["DEMO"], target: shop });
  }
}
