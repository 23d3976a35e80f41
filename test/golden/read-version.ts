import type { AdKey } from "#shared/ad/ad.ts";
import { parseAdKey } from "#shared/ad/ad-key.ts";
import type { TableAccess } from "#shared/aws/conditional-put.ts";
import { dynamoAdTable } from "#shared/aws/dynamo-ad-table.ts";
import { dynamoCanaryTable } from "#shared/aws/dynamo-canary-table.ts";
import { dynamoChainTable } from "#shared/aws/dynamo-chain-table.ts";
import { dynamoLaneTable } from "#shared/aws/dynamo-lane-table.ts";
import { dynamoStatusTable } from "#shared/aws/dynamo-status-table.ts";
import { dynamoValuesTable } from "#shared/aws/dynamo-values-table.ts";
import { checkFields } from "#shared/contracts/field-error.ts";
import { pollMessageSchema, queueMessageSchema } from "#shared/contracts/queue-message.ts";
import { sourcesSecretSchema, tokensSecretSchema } from "#shared/contracts/secrets.ts";
import { parseMessage } from "#shared/lambda/parse-message.ts";
import { dawn } from "#test/unit/ad/ad-life.ts";
import { liveOn } from "./live-on.ts";
import { parseRows, putUpgradedRows, type StoredRow, withTable } from "./stored-rows.ts";

/** The files of one version, as text: bodies of messages, rows of the table, values of the secrets. */
export type GoldenFiles = Record<"queue-messages" | "poll-messages" | "rows" | "secrets", string>;

/** All that today's code makes of one version's files: what is read of each, and what each ad does next. As plain JSON. */
export async function readVersion(files: GoldenFiles): Promise<Record<string, unknown>> {
  const bodies = (name: "queue-messages" | "poll-messages"): string[] => JSON.parse(files[name]);
  const { sources, tokens } = JSON.parse(files.secrets);
  const read = {
    queueMessages: bodies("queue-messages").map((body) => parseMessage(body, queueMessageSchema)),
    pollMessages: bodies("poll-messages").map((body) => parseMessage(body, pollMessageSchema)),
    secrets: { sources: checkFields(sourcesSecretSchema, sources), tokens: checkFields(tokensSecretSchema, tokens) },
    ...(await readTable(parseRows(files.rows))),
  };
  return JSON.parse(JSON.stringify(read));
}

function readTable(rows: readonly StoredRow[]) {
  return withTable(async (access) => {
    await putUpgradedRows(access, rows);
    const ads: Record<string, unknown> = {};
    for (const key of rows.flatMap(({ pk, sk }) => (sk?.S === "ad" ? [parseAdKey(pk?.S ?? "")] : []))) {
      ads[nameOf(key)] = await readAd(access, key);
    }
    return {
      ads,
      due: await dynamoAdTable(access).findDue({ tokenId: "group", now: dawn, after: null, limit: 100 }),
      receipts: await readReceipts(access, rows),
      chains: (await dynamoChainTable(access).findLost(dawn)).sort((a, b) => (a.tokenId < b.tokenId ? -1 : 1)),
      lanes: await dynamoLaneTable(access).load("group"),
      canary: await dynamoCanaryTable(access).load(),
      values: await dynamoValuesTable(access).loadAll(),
      refresh: await dynamoValuesTable(access).loadRefresh(),
    };
  });
}

async function readAd(access: TableAccess, key: AdKey) {
  const ad = await dynamoAdTable(access).load(key);
  if (ad === null) {
    throw new Error(`the ad of ${nameOf(key)} is not found`);
  }
  return { ...liveOn(ad), history: await dynamoStatusTable(access).readNewestHistory(key, 100) };
}

/** Each receipt by its event alone, as a source asks for it. */
async function readReceipts(access: TableAccess, rows: readonly StoredRow[]) {
  const all: unknown[] = [];
  for (const { source, eventId } of rows.flatMap(({ receipt }) => (receipt?.S ? [JSON.parse(receipt.S)] : []))) {
    const found = await dynamoStatusTable(access).findReceipts({ source, id: eventId });
    all.push(found.sort((a, b) => (nameOf(a.key) < nameOf(b.key) ? -1 : 1)));
  }
  return all;
}

const nameOf = (key: AdKey) => ("source" in key ? `source ${key.source}` : key.itemId);
