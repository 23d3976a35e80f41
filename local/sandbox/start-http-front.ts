import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { listen } from "#local/listen/listen.ts";
import type { Route } from "#shared/contracts/routes.ts";
import { answerView, type Views } from "./answer-view.ts";
import {
  gatewayAnswers,
  readBody,
  readTarget,
  sendGatewayAnswer,
  sendGatewayResult,
  type Target,
  toGatewayEvent,
} from "./api-gateway.ts";
import { type Invocation, invokeFunction } from "./invoke-function.ts";
import { matchRoute } from "./match-route.ts";

/** Longer than a client keeps a connection: one that is closed while its next request is on the way is an error there. */
const keepAliveMs = 75_000;

export type HttpFront = { url: string; close(): Promise<void> };

export type HttpFrontOptions = {
  port: number;
  functions: Record<Route["functionName"], Invocation>;
  views: Views;
  report: (line: string) => void;
};

type Exchange = { request: IncomingMessage; response: ServerResponse; target: Target };

/** Serves the bridge's door as API Gateway would, and the views of the sandbox beside it. Rejects with one sentence. */
export async function startHttpFront(options: HttpFrontOptions): Promise<HttpFront> {
  const server = createServer({ keepAliveTimeout: keepAliveMs }, (request, response) => {
    const exchange = { request, response, target: readTarget(request) };
    answer(options, exchange).catch((error: Error) => answerFault(options, exchange, error));
  });
  const port = await listen(server, options.port, "PORT");
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer({ functions, views }: HttpFrontOptions, exchange: Exchange): Promise<void> {
  const { request, response, target } = exchange;
  if (/^\/sandbox(\/|$)/.test(target.path)) {
    return answerView(views, exchange);
  }
  const match = matchRoute(request.method, target.path);
  if (match === null) {
    return sendGatewayAnswer(response, gatewayAnswers.notFound);
  }
  const body = await readBody(request);
  if (body === null) {
    return sendGatewayAnswer(response, gatewayAnswers.tooLarge);
  }
  const event = toGatewayEvent(request, { target, match, body });
  const invocation = functions[match.route.functionName];
  sendGatewayResult(response, (await invokeFunction(invocation, event)) as APIGatewayProxyStructuredResultV2);
}

function answerFault({ report }: HttpFrontOptions, { request, response }: Exchange, error: Error): void {
  if (request.destroyed && !request.complete) {
    return;
  }
  report(`${request.method} ${request.url}: ${error.message}`);
  if (!response.headersSent) {
    sendGatewayAnswer(response, gatewayAnswers.failed);
  }
}
