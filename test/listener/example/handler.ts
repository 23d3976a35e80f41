import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { dynamoHeardAds } from "blocket-bridge/dynamo-heard-ads";
import { lambdaListener } from "blocket-bridge/listener";
import { AdDeleted, AdErrored, AdPublished, onGap } from "./shop.ts";

export const handler = lambdaListener({
  heardAds: dynamoHeardAds({
    client: new DynamoDBClient(),
    tableName: process.env.HEARD_ADS_TABLE ?? "",
    listener: "shop",
  }),
  on: { AdPublished, AdDeleted, AdErrored },
  onGap,
});
