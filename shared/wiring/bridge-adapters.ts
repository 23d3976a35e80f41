import { randomUUID } from "node:crypto";
import {
  makeDynamoDbClient,
  makeEventBridgeClient,
  makeSecretsManagerClient,
  makeSqsClient,
} from "#shared/aws/aws-clients.ts";
import { dynamoAdTable } from "#shared/aws/dynamo-ad-table.ts";
import { dynamoChainTable } from "#shared/aws/dynamo-chain-table.ts";
import { dynamoLaneTable } from "#shared/aws/dynamo-lane-table.ts";
import { eventBridgeBus } from "#shared/aws/event-bridge-bus.ts";
import { secretStore } from "#shared/aws/secret-store.ts";
import { sqsPollQueue } from "#shared/aws/sqs-poll-queue.ts";
import { blocketMarketplace } from "#shared/blocket/client.ts";
import { smithyHttpCall } from "#shared/blocket/smithy-http-call.ts";
import { tokenDirectory } from "#shared/blocket/token-directory.ts";
import { tokensSecretSchema } from "#shared/contracts/secrets.ts";
import type { EventLogger } from "#shared/lambda/logger.ts";
import type { FunctionConfig } from "#shared/lambda/read-config.ts";

/** The variables that both `submit` and `poll` are told. */
type BridgeConfig = Pick<
  FunctionConfig<"submit">,
  "adsTable" | "pollQueue" | "eventBus" | "eventSource" | "tokensSecret" | "marketplace" | "waits"
>;

/** The outside world that `submit` and `poll` have in common, made once per container. */
export function bridgeAdapters(config: BridgeConfig, logger: Pick<EventLogger, "warn">) {
  const now = Date.now;
  const table = { client: makeDynamoDbClient(), tableName: config.adsTable };
  const sqs = makeSqsClient();
  const secret = secretStore({
    client: makeSecretsManagerClient(),
    secretId: config.tokensSecret,
    schema: tokensSecretSchema,
    now,
    onFailure: (fault) => logger.warn("secret.not-read", fault, {}),
  });
  const tokens = tokenDirectory((wish) => secret.read(wish));
  const { httpCall } = smithyHttpCall({ baseUrl: config.marketplace, now });
  const calls = { httpCall, tokens: tokens.findToken, now };
  return {
    sqs,
    calls,
    tableAccess: table,
    readTokens: () => secret.read(),
    ports: {
      table: dynamoAdTable(table),
      chains: dynamoChainTable(table),
      lanes: dynamoLaneTable(table),
      bus: eventBridgeBus({ client: makeEventBridgeClient(), busName: config.eventBus, source: config.eventSource }),
      pollQueue: sqsPollQueue({ client: sqs, queueUrl: config.pollQueue }),
      marketplace: blocketMarketplace({ ...calls, readTimeoutMs: config.waits.callMs }),
      tokens,
      circumstances: { now, newId: randomUUID, random: Math.random },
      waits: config.waits,
    },
    /** The one real call of INIT: with it the first message finds warm connections and the tokens at hand. */
    warmUp: () => secret.read(),
  };
}
