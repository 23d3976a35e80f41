import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { secret } from "#bench/receive/sample-car.ts";
import { environment } from "#shared/contracts/environment.ts";
import type { AwsServer } from "./start-aws-server.ts";

export type Handler = {
  /** Processor time of the import, with everything the bundle does in INIT. */
  importMs: number;
  /** Invokes it with one event after the other. Throws when one of them is not answered 202. */
  invoke(events: APIGatewayProxyEventV2[]): Promise<{ spentMs: number; rssMb: number }>;
  stop(): Promise<void>;
};

type Report = { spentMs: number; rssMb: number; refused: { statusCode: number; body?: string } | null };

/** What all of them are given. */
export const memoryMb = 512;

/** How Lambda starts Node unless a function's own `NODE_OPTIONS` say otherwise (`bootstrap` of its runtime). */
const lambdaOptions = `--max-semi-space-size=${Math.floor(memoryMb / 20)} --max-old-space-size=${memoryMb - Math.floor(memoryMb / 10)}`;

/** Ours is run with the options it is deployed with; a reference with those that Lambda chooses. */
export type Bundle = { file: string; nodeOptions?: string };

/** Loads a bundle in a fresh process, with the environment Lambda would give it. */
export async function startHandler({ file, nodeOptions = lambdaOptions }: Bundle, aws: AwsServer): Promise<Handler> {
  const child = fork(resolve(import.meta.dirname, "handler-child.mjs"), {
    env: { ...handlerEnvironment(file, aws), NODE_OPTIONS: nodeOptions },
    // The lines it logs are written, as in production, but go nowhere.
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    execArgv: [],
  });
  const { importMs } = await messageOf<{ importMs: number }>(child);
  return {
    importMs,
    invoke: async (events) => {
      child.send(events);
      const { refused, ...report } = await messageOf<Report>(child);
      if (refused !== null) {
        throw new Error(`${file} answered ${refused.statusCode}: ${refused.body}`);
      }
      return report;
    },
    stop: async () => {
      const ended = once(child, "exit");
      child.disconnect();
      await ended;
    },
  };
}

async function messageOf<T>(child: ChildProcess): Promise<T> {
  const stopped = new AbortController();
  const ended = once(child, "exit", { signal: stopped.signal }).then(([code]) => {
    throw new Error(`the handler's process ended with ${code}`);
  });
  try {
    const [message] = await Promise.race([once(child, "message", { signal: stopped.signal }), ended]);
    return message as T;
  } finally {
    stopped.abort();
    ended.catch(() => {});
  }
}

function handlerEnvironment(bundle: string, aws: AwsServer): Record<string, string> {
  const queueUrl = `${aws.endpoint}/000000000000/submit`;
  return {
    BUNDLE: bundle,
    NODE_EXTRA_CA_CERTS: aws.caFile,
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_ENDPOINT_URL_SQS: aws.endpoint,
    AWS_REGION: "eu-north-1",
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_SESSION_TOKEN: "local",
    AWS_LAMBDA_FUNCTION_NAME: "webhook",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
    LAMBDA_TASK_ROOT: "/var/task",
    AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
    // As most requests are: the default rule samples one a second and a twentieth of the rest.
    _X_AMZN_TRACE_ID: "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=0",
    [environment.adsTable]: "ads",
    [environment.submitQueue]: queueUrl,
    [environment.sourcesSecret]: "sources",
    [environment.maxPictures]: "38",
    [environment.metricsNamespace]: "bridge",
    TABLE_NAME: "idempotency",
    QUEUE_URL: queueUrl,
    WEBHOOK_SECRET: secret,
  };
}
