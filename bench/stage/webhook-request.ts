import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { sampleCar, signedHeaders } from "#bench/receive/sample-car.ts";

let lastEvent = 0;

/** A signed request with so many cars, as API Gateway hands it to a function. No two events have the same id. */
export function webhookRequest(cars = 1): APIGatewayProxyEventV2 {
  const events = Array.from({ length: cars }, () => {
    lastEvent += 1;
    const car = sampleCar();
    return { ...car, id: `bench-${lastEvent}`, data: { ...car.data, itemId: `car-${lastEvent}` } };
  });
  const body = JSON.stringify(cars === 1 ? events[0] : events);
  const path = "/sources/bench/inventory-events";
  return {
    version: "2.0",
    routeKey: "POST /sources/{source}/inventory-events",
    rawPath: path,
    rawQueryString: "",
    headers: {
      ...signedHeaders(Buffer.from(body), Date.now()),
      ...(cars > 1 && { "content-type": "application/json" }),
    },
    pathParameters: { source: "bench" },
    requestContext: {
      accountId: "000000000000",
      apiId: "api",
      domainName: "localhost",
      domainPrefix: "api",
      http: { method: "POST", path, protocol: "HTTP/1.1", sourceIp: "127.0.0.1", userAgent: "bench" },
      requestId: `request-${lastEvent}`,
      routeKey: "POST /sources/{source}/inventory-events",
      stage: "$default",
      time: "",
      timeEpoch: 0,
    },
    body,
    isBase64Encoded: false,
  };
}
