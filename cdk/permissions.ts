import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { FunctionName } from "#cdk/bundle.ts";
import { valuesPartition } from "#shared/contracts/known-values.ts";

/** The ARNs of all that the functions use. */
export type Resources = {
  adsTable: string;
  dueIndex: string;
  eventBus: string;
  sourcesSecret: string;
  tokensSecret: string;
  submitQueue: string;
  submitDeadLetters: string;
  pollQueue: string;
  pollDeadLetters: string;
  /** null where AWS owns the keys. */
  encryptionKey: string | null;
};

/** Each function's permissions in one place, to be read beside what its dependencies call. */
export function permissionsOf(functionName: FunctionName, resources: Resources): PolicyStatement[] {
  const { encryptionKey } = resources;
  return [...ownPermissions(functionName, resources), ...(encryptionKey === null ? [] : [decrypt(encryptionKey)])];
}

function ownPermissions(functionName: FunctionName, resources: Resources): PolicyStatement[] {
  switch (functionName) {
    case "receive":
      return [
        send(resources.submitQueue),
        readPartition(resources.adsTable, valuesPartition),
        readSecret(resources.sourcesSecret),
      ];
    case "submit":
      return [
        consume(resources.submitQueue),
        send(resources.pollQueue, resources.submitDeadLetters),
        allow(["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:DeleteItem", "dynamodb:Query"], resources.adsTable),
        publish(resources.eventBus),
        readSecret(resources.tokensSecret),
      ];
    case "poll":
      return [
        consume(resources.pollQueue),
        send(resources.submitQueue, resources.pollQueue, resources.pollDeadLetters),
        allow(["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:DeleteItem", "dynamodb:Query"], resources.adsTable),
        allow(["dynamodb:Query"], resources.dueIndex),
        publish(resources.eventBus),
        readSecret(resources.tokensSecret),
      ];
    case "status":
      return [allow(["dynamodb:GetItem", "dynamodb:Query"], resources.adsTable), readSecret(resources.sourcesSecret)];
    default:
      throw new Error(`no permissions for ${functionName satisfies never}`);
  }
}

function allow(actions: string[], ...resources: string[]): PolicyStatement {
  return new PolicyStatement({ actions, resources });
}

/** Of the table the rows of one partition, and nothing else that lies in it. */
function readPartition(table: string, partition: string): PolicyStatement {
  return new PolicyStatement({
    actions: ["dynamodb:Query"],
    resources: [table],
    conditions: { "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": [partition] } },
  });
}

function send(...queues: string[]): PolicyStatement {
  return allow(["sqs:SendMessage"], ...queues);
}

/** What Lambda needs to hand the queue's messages over, and the function to put one off. */
function consume(queue: string): PolicyStatement {
  const calls = ["ReceiveMessage", "DeleteMessage", "ChangeMessageVisibility", "GetQueueAttributes"];
  return allow(
    calls.map((call) => `sqs:${call}`),
    queue,
  );
}

function publish(bus: string): PolicyStatement {
  return allow(["events:PutEvents"], bus);
}

function readSecret(secret: string): PolicyStatement {
  return allow(["secretsmanager:GetSecretValue"], secret);
}

/** DynamoDB and Secrets Manager use the customer's key in the name of whoever reads. */
function decrypt(key: string): PolicyStatement {
  return allow(["kms:Decrypt"], key);
}
