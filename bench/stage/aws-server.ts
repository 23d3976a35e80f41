import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { deflateRawSync } from "node:zlib";
import { manyValues } from "#bench/receive/many-values.ts";
import { secret } from "#bench/receive/sample-car.ts";
import { AwsFault, answerAwsJson, type Operation } from "#local/emulators/aws-json.ts";

/*
 * AWS as far as a webhook function asks it, over TLS, in a process of its own: it answers at once and keeps nothing, so that
 * what is measured beside it is the function. Started by `startAwsServer`, which it tells its port.
 */

const { CERTIFICATE: cert = "", PRIVATE_KEY: key = "", DEALERS = "1" } = process.env;
const dealers = Array.from({ length: Number(DEALERS) }, (_, place) => (place === 0 ? "DEMO" : `DEALER-${place}`));
const sources = { bench: { secrets: [secret], dealers, listingIds: "uuid", requestsPerSecond: 1e9 } };

type Entry = { Id: string; MessageBody: string };

/** The SDK compares the sums with its own. */
const sent = ({ MessageBody }: Entry) => ({
  MessageId: "m-1",
  MD5OfMessageBody: createHash("md5").update(MessageBody).digest("hex"),
});

const content = deflateRawSync(JSON.stringify(manyValues("car", Date.now()))).toString("base64");
const values = { Count: 1, Items: [{ pk: { S: "values" }, sk: { S: "car" }, content: { B: content } }] };

const operations: Record<string, Operation> = {
  "secretsmanager.GetSecretValue": () => ({ Name: "sources", SecretString: JSON.stringify(sources) }),
  "AmazonSQS.SendMessage": (input) => sent(input as Entry),
  "AmazonSQS.SendMessageBatch": (input) => {
    const entries = input.Entries as Entry[];
    if (entries.length === 0) {
      throw new AwsFault("com.amazonaws.sqs#EmptyBatchRequest", "There should be at least one entry.");
    }
    return { Successful: entries.map((entry) => ({ Id: entry.Id, ...sent(entry) })) };
  },
  "DynamoDB_20120810.Query": () => values,
  "DynamoDB_20120810.PutItem": () => ({}),
  "DynamoDB_20120810.UpdateItem": () => ({}),
};

const server = createServer({ cert, key, keepAliveTimeout: 60_000 }, (request, response) => {
  void answerAwsJson({ request, response, operations });
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
process.on("disconnect", () => process.exit());
process.send?.((server.address() as AddressInfo).port);
