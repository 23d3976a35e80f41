import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

/** What one `x-amz-target` does; throws `AwsFault` to refuse. */
export type Operation = (input: Record<string, unknown>) => unknown;

/** An answer that AWS gives with status 400. */
export class AwsFault extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

type Exchange = { request: IncomingMessage; response: ServerResponse; operations: Record<string, Operation> };

/** Answers one request in AWS JSON 1.1, as the operation that its `x-amz-target` names. */
export async function answerAwsJson({ request, response, operations }: Exchange): Promise<void> {
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk as Buffer);
    }
    const operation = operations[String(request.headers["x-amz-target"])];
    if (operation === undefined) {
      throw new AwsFault("UnknownOperationException", `no such operation here: ${request.headers["x-amz-target"]}`);
    }
    send(response, { status: 200, body: operation(parseInput(Buffer.concat(chunks))) });
  } catch (fault) {
    const known = fault instanceof AwsFault;
    const body = { __type: known ? fault.code : "InternalFailure", message: String((fault as Error).message) };
    send(response, { status: known ? 400 : 500, body });
  }
}

function send(response: ServerResponse, { status, body }: { status: number; body: unknown }): void {
  response.writeHead(status, { "content-type": "application/x-amz-json-1.1", "x-amzn-requestid": randomUUID() });
  response.end(JSON.stringify(body));
}

function parseInput(body: Buffer): Record<string, unknown> {
  try {
    return { ...(JSON.parse(body.toString()) as object) };
  } catch {
    throw new AwsFault("SerializationException", "the body is not JSON");
  }
}
