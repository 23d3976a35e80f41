import { join } from "node:path";
import { createAdsTable } from "#local/emulators/create-ads-table.ts";
import { startAwsStub } from "#local/emulators/start-aws-stub.ts";
import { startDynamodb } from "#local/emulators/start-dynamodb.ts";
import { startSqs } from "#local/emulators/start-sqs.ts";

/** All emulators on one directory, with the table `ads` and the queue `submit`. */
export async function startEmulators(dir: string) {
  const [sqs, dynamodb, stub] = await Promise.all([
    startSqs({ dir: join(dir, "sqs"), queues: [{ name: "submit", deadLetterQueue: "dead" }, { name: "dead" }] }),
    startDynamodb({ dir: join(dir, "dynamodb") }),
    startAwsStub({ dir }),
  ]);
  await createAdsTable({ endpoint: dynamodb.endpoint, tableName: "ads" });
  const close = async () => {
    await Promise.all([sqs.close(), dynamodb.close(), stub.close()]);
  };
  return { sqs, dynamodb, stub, close };
}
