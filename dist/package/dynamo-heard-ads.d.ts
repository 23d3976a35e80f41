export * from "./lib/listener/dynamo-heard-ads.js";
