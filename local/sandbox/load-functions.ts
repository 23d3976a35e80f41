import { pathToFileURL } from "node:url";
import type { FunctionName } from "#cdk/bundle.ts";

/** A Lambda function as its runtime sees it. */
export type LambdaHandler = (event: unknown, context: unknown) => Promise<unknown>;
export type Functions = Record<FunctionName, LambdaHandler>;

/**
 * Imports the handlers: the source files, or the bundles as they are deployed. They read their environment while they are
 * imported, so it has to be set before.
 */
export async function loadFunctions({ bundled }: { bundled: boolean }): Promise<Functions> {
  const files = bundled ? await buildFiles() : sourceFiles;
  const [receive, submit, poll, status] = await Promise.all([
    loadHandler(files.receive),
    loadHandler(files.submit),
    loadHandler(files.poll),
    loadHandler(files.status),
  ]);
  return { receive, submit, poll, status };
}

const sourceFiles: Record<FunctionName, string> = {
  receive: import.meta.resolve("#functions/receive/handler.ts"),
  submit: import.meta.resolve("#functions/submit/handler.ts"),
  poll: import.meta.resolve("#functions/poll/handler.ts"),
  status: import.meta.resolve("#functions/status/handler.ts"),
};

/** esbuild is loaded only by who wants bundles. */
async function buildFiles(): Promise<Record<FunctionName, string>> {
  const { buildBundles } = await import("#local/bundles/build-bundles.ts");
  const files = await buildBundles();
  const address = (name: FunctionName) => pathToFileURL(files[name]).href;
  return {
    receive: address("receive"),
    submit: address("submit"),
    poll: address("poll"),
    status: address("status"),
  };
}

async function loadHandler(address: string): Promise<LambdaHandler> {
  const { handler } = (await import(address)) as { handler?: LambdaHandler };
  if (typeof handler !== "function") {
    throw new TypeError(`${address} exports no handler`);
  }
  return handler;
}
