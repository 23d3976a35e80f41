import { createHmac } from "node:crypto";
import { SendMessageCommand } from "@aws-sdk/client-sqs";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { log, type NaivePorts, submitUrl } from "./naive-ports.ts";

/** Verifies a webhook and queues it as it is. */
export async function receive(
  ports: NaivePorts,
  event: APIGatewayProxyEventV2,
): Promise<APIGatewayProxyStructuredResultV2> {
  log(ports, "webhook received", { event });
  const { body = "", headers } = event;
  const key = Buffer.from(ports.secret.slice("whsec_".length), "base64");
  const content = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
  if (headers["webhook-signature"] !== `v1,${createHmac("sha256", key).update(content).digest("base64")}`) {
    return { statusCode: 401 };
  }
  await ports.sqs.send(new SendMessageCommand({ QueueUrl: submitUrl, MessageBody: body }));
  return { statusCode: 202 };
}
