type Rules = { allowed: string[]; refused: string[] };

const shared = (folder: string) => `#shared/${folder}/x.ts`;
const everywhereRefused = ["../aws/x.ts", "./../aws/x.ts", "#local/x.ts"];
const functionRules = (name: string, others: string[]): Rules => ({
  allowed: ["./x.ts", `#functions/${name}/x.ts`, shared("aws"), shared("lambda"), "zod/mini", "node:crypto"],
  refused: [
    ...everywhereRefused,
    ...others.map((other) => `#functions/${other}/x.ts`),
    "#cdk/x.ts",
    "@middy/core",
    "zod",
  ],
});

/** What each folder of biome.json's overrides may import, and what it must not. */
export const importRules: Record<string, Rules> = {
  "shared/contracts": {
    allowed: ["./x.ts", shared("contracts"), "zod/mini"],
    refused: [...everywhereRefused, shared("ad"), shared("aws"), "zod", "node:crypto", "@aws-sdk/client-sqs"],
  },
  "shared/ad": {
    allowed: ["./x.ts", shared("ad"), shared("contracts"), "zod/mini", "node:crypto"],
    refused: [...everywhereRefused, shared("steps"), shared("blocket"), "node:fs", "node:http", "@aws-sdk/client-sqs"],
  },
  "shared/blocket": {
    allowed: [
      "./x.ts",
      shared("blocket"),
      shared("ad"),
      shared("contracts"),
      "node:https",
      "@smithy/node-http-handler",
    ],
    refused: [...everywhereRefused, shared("aws"), shared("lambda"), "@aws-sdk/client-sqs", "@middy/core"],
  },
  "shared/aws": {
    allowed: ["./x.ts", shared("aws"), shared("ad"), shared("contracts"), "@aws-sdk/client-sqs", "node:zlib"],
    refused: [...everywhereRefused, shared("blocket"), shared("lambda"), "@middy/core"],
  },
  "shared/steps": {
    allowed: ["./x.ts", shared("steps"), shared("ad"), shared("contracts")],
    refused: [...everywhereRefused, shared("aws"), shared("blocket"), "node:crypto", "zod/mini"],
  },
  "shared/lambda": {
    allowed: ["./x.ts", shared("lambda"), shared("contracts"), "@middy/core", "aws-lambda"],
    refused: [...everywhereRefused, shared("aws"), shared("blocket"), shared("ad"), "@aws-sdk/client-sqs"],
  },
  "shared/bundle": {
    allowed: ["@aws-sdk/credential-provider-env"],
    refused: [...everywhereRefused, shared("aws"), "node:http", "node:process", "@aws-sdk/credential-provider-node"],
  },
  "shared/door": {
    allowed: ["./x.ts", shared("door"), shared("contracts"), shared("lambda"), "zod/mini", "node:crypto"],
    refused: [...everywhereRefused, shared("aws"), shared("ad"), "#functions/receive/x.ts", "@middy/core"],
  },
  "shared/wiring": {
    allowed: ["./x.ts", shared("wiring"), shared("aws"), shared("blocket"), shared("contracts")],
    refused: [...everywhereRefused, "#functions/poll/x.ts", "#cdk/x.ts", "@middy/core"],
  },
  listener: {
    allowed: ["./x.ts", "#listener/x.ts", shared("contracts"), shared("aws"), "@aws-sdk/client-dynamodb"],
    refused: [
      ...everywhereRefused,
      shared("ad"),
      shared("steps"),
      "#functions/poll/x.ts",
      "@middy/core",
      "aws-cdk-lib",
    ],
  },
  "functions/receive": functionRules("receive", ["submit", "poll", "status"]),
  "functions/submit": functionRules("submit", ["receive", "poll"]),
  "functions/poll": functionRules("poll", ["receive", "submit"]),
  "functions/status": functionRules("status", ["receive", "submit", "poll"]),
  cdk: {
    allowed: [
      "./x.ts",
      "#cdk/x.ts",
      shared("contracts"),
      "aws-cdk-lib",
      "aws-cdk-lib/aws-sqs",
      "constructs",
      "node:path",
    ],
    refused: [...everywhereRefused, shared("aws"), "#functions/receive/receive.ts", "@aws-sdk/client-sqs"],
  },
  "local/simulator": {
    allowed: ["./x.ts", "#local/simulator/x.ts", "#local/listen/x.ts", shared("contracts"), "zod", "node:http"],
    refused: [
      "../listen/x.ts",
      "./../x.ts",
      "#local/sandbox/x.ts",
      shared("blocket"),
      shared("ad"),
      "#functions/poll/x.ts",
    ],
  },
  bench: { allowed: ["./x.ts", shared("aws"), "node:fs"], refused: ["../shared/aws/x.ts", "./../shared/x.ts"] },
};
