import { join } from "node:path";
import { createAdsTable } from "#local/emulators/create-ads-table.ts";
import { type AwsStub, startAwsStub } from "#local/emulators/start-aws-stub.ts";
import { type LocalDynamodb, startDynamodb } from "#local/emulators/start-dynamodb.ts";
import { type LocalSqs, startSqs } from "#local/emulators/start-sqs.ts";
import { names, queues, sources, tokens } from "./sandbox-constants.ts";

export type Emulators = { sqs: LocalSqs; dynamodb: LocalDynamodb; stub: AwsStub };

/** All of AWS that the functions use, each part with a directory of its own under `dir`, or in memory. */
export async function startEmulators(dir: string | null, closing: AsyncDisposableStack): Promise<Emulators> {
  const under = (name: string) => (dir === null ? {} : { dir: join(dir, name) });
  const secrets = {
    [names.sourcesSecret]: JSON.stringify(sources),
    [names.tokensSecret]: JSON.stringify(tokens),
  };
  const [sqs, dynamodb, stub] = await Promise.all([
    startSqs({ ...under("sqs"), queues }),
    startDynamodb(under("dynamodb")),
    startAwsStub({ ...under("event-bridge"), secrets, buses: [names.bus] }),
  ]);
  closing.defer(() => sqs.close());
  closing.defer(() => dynamodb.close());
  closing.defer(() => stub.close());
  await createAdsTable({ endpoint: dynamodb.endpoint, tableName: names.table });
  return { sqs, dynamodb, stub };
}
