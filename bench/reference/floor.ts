import { createHash, createHmac } from "node:crypto";
import { Agent, request as httpsRequest } from "node:https";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { isSigned } from "./verify-webhook.ts";

/* Floor, the least possible work: HMAC, JSON.parse, one signed call. It judges nothing and logs nothing. */

const { QUEUE_URL = "", WEBHOOK_SECRET = "", AWS_REGION = "" } = process.env;
const { AWS_ENDPOINT_URL_SQS = "", AWS_ACCESS_KEY_ID = "", AWS_SECRET_ACCESS_KEY = "" } = process.env;
const agent = new Agent({ keepAlive: true });
const endpoint = new URL(AWS_ENDPOINT_URL_SQS);

export async function handler({ body = "", headers }: APIGatewayProxyEventV2) {
  if (!isSigned(body, headers, WEBHOOK_SECRET)) {
    return { statusCode: 401 };
  }
  const events = [JSON.parse(body) as unknown].flat();
  for (let from = 0; from < events.length; from += 10) {
    const chunk = events.slice(from, from + 10);
    const Entries = chunk.map((event, place) => ({ Id: String(place), MessageBody: JSON.stringify(event) }));
    await callSqs("SendMessageBatch", JSON.stringify({ QueueUrl: QUEUE_URL, Entries }));
  }
  return { statusCode: 202 };
}

function callSqs(operation: string, body: string): Promise<void> {
  const headers = signedHeaders(`AmazonSQS.${operation}`, body);
  return new Promise((resolve, reject) => {
    const request = httpsRequest(endpoint, { agent, method: "POST", headers }, (response) => {
      response.resume().on("end", resolve).on("error", reject);
    });
    request.on("error", reject).end(body);
  });
}

const hash = (text: string) => createHash("sha256").update(text).digest("hex");
const sign = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();

/** Signature version 4. */
function signedHeaders(target: string, body: string): Record<string, string> {
  const time = new Date().toISOString().replaceAll(/[:-]|\.\d{3}/g, "");
  const day = time.slice(0, 8);
  const names = "content-type;host;x-amz-date;x-amz-target";
  const lines = `content-type:application/x-amz-json-1.0\nhost:${endpoint.host}\nx-amz-date:${time}\nx-amz-target:${target}\n`;
  const scope = `${day}/${AWS_REGION}/sqs/aws4_request`;
  const text = `AWS4-HMAC-SHA256\n${time}\n${scope}\n${hash(`POST\n/\n\n${lines}\n${names}\n${hash(body)}`)}`;
  const key = [AWS_REGION, "sqs", "aws4_request"].reduce<Buffer>(sign, sign(`AWS4${AWS_SECRET_ACCESS_KEY}`, day));
  const signature = sign(key, text).toString("hex");
  return {
    "content-type": "application/x-amz-json-1.0",
    "content-length": String(Buffer.byteLength(body)),
    "x-amz-date": time,
    "x-amz-target": target,
    authorization: `AWS4-HMAC-SHA256 Credential=${AWS_ACCESS_KEY_ID}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
  };
}
