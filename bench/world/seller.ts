import { createHmac } from "node:crypto";
import type { APIGatewayProxyEventV2 } from "aws-lambda";

/** Of the one source there is. */
export const secret = "whsec_YmVuY2gtYmVuY2gtYmVuY2gtYmVuY2gtYmVuY2g=";
const key = Buffer.from(secret.slice("whsec_".length), "base64");

/** The sources as their secret has them; no rate limit of the door stands in the way. */
export const sourcesOf = (dealers: readonly string[]) => ({
  bench: { secrets: [secret], dealers: [...dealers], listingIds: "uuid" as const, requestsPerSecond: 1e9 },
});

/** One signed webhook as an HTTP API hands it to a function. */
export function webhookOf(event: { id: string }, now: number): APIGatewayProxyEventV2 {
  const body = JSON.stringify(event);
  const timestamp = String(Math.floor(now / 1_000));
  const signature = createHmac("sha256", key).update(`${event.id}.${timestamp}.`).update(body).digest("base64");
  return {
    version: "2.0",
    routeKey: "POST /sources/{source}/inventory-events",
    rawPath: "/sources/bench/inventory-events",
    rawQueryString: "",
    pathParameters: { source: "bench" },
    headers: {
      accept: "*/*",
      "content-length": String(Buffer.byteLength(body)),
      "content-type": "application/cloudevents+json",
      host: "a1b2c3d4e5.execute-api.eu-north-1.amazonaws.com",
      "user-agent": "dms/1.0",
      "webhook-id": event.id,
      "webhook-signature": `v1,${signature}`,
      "webhook-timestamp": timestamp,
      "x-amzn-trace-id": "Root=1-5f84c7a9-0e5b1e3b2f7c4d6a8b9c0d1e",
      "x-forwarded-for": "203.0.113.7",
      "x-forwarded-port": "443",
      "x-forwarded-proto": "https",
    },
    requestContext: {
      accountId: "000000000000",
      apiId: "a1b2c3d4e5",
      domainName: "a1b2c3d4e5.execute-api.eu-north-1.amazonaws.com",
      domainPrefix: "a1b2c3d4e5",
      http: {
        method: "POST",
        path: "/sources/bench/inventory-events",
        protocol: "HTTP/1.1",
        sourceIp: "203.0.113.7",
        userAgent: "dms/1.0",
      },
      requestId: "JKJaXmPLvHcESHA=",
      routeKey: "POST /sources/{source}/inventory-events",
      stage: "$default",
      time: new Date(now).toUTCString(),
      timeEpoch: now,
    },
    body,
    isBase64Encoded: false,
  };
}
