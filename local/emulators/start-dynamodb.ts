import { once } from "node:events";
import { rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { DescribeTableCommand, DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import dynalite from "dynalite";
import { localClient } from "./local-client.ts";

export type LocalDynamodb = { endpoint: string; close(): Promise<void> };

/**
 * DynamoDB in this process, in memory or in `dir` (its own, made if missing), where it survives a SIGKILL.
 * `DYNAMODB_ENDPOINT` names another emulator to use instead.
 */
export async function startDynamodb(options: { dir?: string; port?: number } = {}): Promise<LocalDynamodb> {
  const elsewhere = process.env.DYNAMODB_ENDPOINT;
  if (elsewhere !== undefined) {
    return { endpoint: elsewhere, close: async () => {} };
  }
  const server = await startServer(options);
  if (options.dir === undefined || !(await hasHalfMadeTable(server.endpoint))) {
    return server;
  }
  await server.close();
  await rm(options.dir, { recursive: true });
  return startServer(options);
}

async function startServer(options: { dir?: string; port?: number }): Promise<LocalDynamodb> {
  const server = dynalite({ createTableMs: 0, ...(options.dir === undefined ? {} : { path: options.dir }) });
  server.listen(options.port ?? 0, "127.0.0.1");
  await once(server, "listening");
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((fault) => (fault ? reject(fault) : resolve()));
        server.closeAllConnections();
      }),
  };
}

/**
 * dynalite makes a table active by a timer of its process: one whose creation a SIGKILL cut short stays unusable for ever,
 * and can't be deleted. Nothing was ever written to it, so its directory may go.
 */
async function hasHalfMadeTable(endpoint: string): Promise<boolean> {
  const client = new DynamoDBClient(localClient(endpoint));
  try {
    const { TableNames = [] } = await client.send(new ListTablesCommand({}));
    const tables = await Promise.all(
      TableNames.map((TableName) => client.send(new DescribeTableCommand({ TableName }))),
    );
    const states = tables.map(({ Table }) => Table?.TableStatus);
    if (!states.includes("CREATING")) {
      return false;
    }
    if (states.includes("ACTIVE")) {
      throw new Error("a table was left half made beside another one: empty the directory and start again");
    }
    return true;
  } finally {
    client.destroy();
  }
}
