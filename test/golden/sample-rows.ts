import type { TableAccess } from "#shared/aws/conditional-put.ts";
import { dynamoAdTable } from "#shared/aws/dynamo-ad-table.ts";
import { dynamoCanaryTable } from "#shared/aws/dynamo-canary-table.ts";
import { dynamoChainTable } from "#shared/aws/dynamo-chain-table.ts";
import { dynamoLaneTable } from "#shared/aws/dynamo-lane-table.ts";
import { dynamoValuesTable } from "#shared/aws/dynamo-values-table.ts";
import type { Receipt } from "#shared/contracts/receipt.ts";
import { dawn } from "#test/unit/ad/ad-life.ts";
import { sampleLives } from "./sample-lives.ts";

/** A receipt with all that one may hold, under an id too long for a key. */
const oddReceipt: Receipt = {
  ...{ source: "d m#s", eventId: "å".repeat(200), outcome: "failed", reason: "refused", at: dawn },
  ...{ details: [{ code: "invalid", pointer: "/price", message: "Too cheap." }] },
};

/** Fills a table with rows of every kind, by the adapters that the functions write with. */
export async function writeSampleRows(table: TableAccess): Promise<void> {
  await writeAds(table);
  const chain = {
    tokenId: "group",
    round: 41,
    nextAt: dawn,
    emptySince: dawn - 9,
    passAt: dawn - 5,
    readsSince: dawn - 10,
    readsPausedUntil: dawn + 5,
    asleep: true,
    pace: 0.5,
    adsPerRead: 5,
    after: "x",
  };
  await dynamoChainTable(table).create(chain);
  await dynamoChainTable(table).create({
    ...chain,
    tokenId: "solo",
    emptySince: null,
    asleep: false,
    after: null,
    readsPausedUntil: null,
  });
  const lane = { tokenId: "group", dealerCode: "DEMO", failures: 5, revision: 0, tokenVersion: "v1" };
  await dynamoLaneTable(table).save({ ...lane, closedUntil: dawn, reason: "failures" });
  await dynamoLaneTable(table).save({ ...lane, dealerCode: null, closedUntil: null, reason: null });
  const canary = { watchedSince: dawn, sentAt: dawn + 1, heardSentAt: dawn, isMissing: true, revision: 0 };
  await dynamoCanaryTable(table).save(canary);
  const values = {
    attributes: { brand: [{ id: "volvo", name: "Volvo" }] },
    models: { volvo: [{ id: "v60", name: "V60" }] },
  };
  await dynamoValuesTable(table).save({ vehicleType: "car", fetchedAt: dawn, ...values });
  await dynamoValuesTable(table).saveRefresh({ place: 3, failures: 1, dueAt: dawn, revision: 0 });
}

/** Each ad, and what its outbox says as if that had been told. */
async function writeAds(access: TableAccess): Promise<void> {
  const table = dynamoAdTable(access);
  for (const ad of sampleLives()) {
    await table.save(ad, ad.tokenId === "unassigned" ? null : dawn);
    for (const row of ad.outbox) {
      await (row.kind === "receipt" ? table.writeReceipt(ad.key, row.receipt) : table.writeHistory(ad.key, row.event));
    }
  }
  await table.writeReceipt({ dealerCode: "DEMO", itemId: "waiting" }, oddReceipt);
  await table.writeReceipt({ dealerCode: "DEMO", itemId: "å".repeat(200) }, { ...oddReceipt, eventId: "of-odd-item" });
}
