import { DeleteItemCommand } from "@aws-sdk/client-dynamodb";
import { listingsPerRead } from "#shared/ad/marketplace.ts";
import { askAws } from "./ask-aws.ts";
import { type Condition, type Item, isNew, isStill, toExpression } from "./condition.ts";
import { putIf, readItem, sendIf, type TableAccess } from "./conditional-put.ts";
import { queryAllDue } from "./due-index.ts";
import { chainPartition, chains, parseChainPartition } from "./table-keys.ts";

type Chain = {
  tokenId: string;
  round: number;
  nextAt: number;
  emptySince: number | null;
  asleep: boolean;
  pace: number;
  adsPerRead: number;
  after: string | null;
  passAt: number;
  readsSince: number;
  readsPausedUntil: number | null;
};

const minuteMs = 60_000;

/**
 * The polling chains, in the table of the ads. They lie in the `due` index under one name of their own, at the minute
 * `nextAt` falls into: a chain moves on every few seconds, and so its index entry is rewritten once a minute at most.
 */
export function dynamoChainTable(table: TableAccess) {
  const load = async (tokenId: string): Promise<Chain | null> => {
    const item = await readItem(table, keyOf(tokenId));
    return item === undefined ? null : fromItem(item);
  };
  const store = (chain: Chain, condition: Condition) =>
    askAws("save a polling chain", () => putIf(table, { item: toItem(chain), condition }));
  return {
    load,
    create: (chain: Chain) => store(chain, isNew()),
    save: (chain: Chain, expectedRound: number) => store(chain, isStill("round", expectedRound)),

    remove(tokenId: string, expectedRound: number): Promise<"saved" | "conflict"> {
      const condition = toExpression(isStill("round", expectedRound));
      const command = new DeleteItemCommand({ TableName: table.tableName, Key: keyOf(tokenId), ...condition });
      return askAws("remove a polling chain", () => sendIf(() => table.client.send(command)));
    },

    /** The index is late and coarse (it may name too many, never too few of what it knows), so each row found is read. */
    async findLost(before: number): Promise<Chain[]> {
      const lost: Chain[] = [];
      for await (const partitions of queryAllDue(table, { tokenId: chains, until: before })) {
        const found = await Promise.all(partitions.map((partition) => load(parseChainPartition(partition))));
        lost.push(...found.filter((chain) => chain !== null && chain.nextAt <= before).map((chain) => chain as Chain));
      }
      return lost;
    },
  };
}

function keyOf(tokenId: string): Item {
  return { pk: { S: chainPartition(tokenId) }, sk: { S: "chain" } };
}

function toItem(chain: Chain): Item {
  return {
    ...keyOf(chain.tokenId),
    round: { N: String(chain.round) },
    nextAt: { N: String(chain.nextAt) },
    emptySince: chain.emptySince === null ? { NULL: true } : { N: String(chain.emptySince) },
    asleep: { BOOL: chain.asleep },
    pace: { N: String(chain.pace) },
    adsPerRead: { N: String(chain.adsPerRead) },
    after: chain.after === null ? { NULL: true } : { S: chain.after },
    passAt: { N: String(chain.passAt) },
    readsSince: { N: String(chain.readsSince) },
    readsPausedUntil: chain.readsPausedUntil === null ? { NULL: true } : { N: String(chain.readsPausedUntil) },
    tokenId: { S: chains },
    dueAt: { N: String(Math.floor(chain.nextAt / minuteMs) * minuteMs) },
  };
}

function fromItem(item: Item): Chain {
  return {
    tokenId: parseChainPartition(item.pk?.S ?? ""),
    round: Number(item.round?.N),
    nextAt: Number(item.nextAt?.N),
    emptySince: item.emptySince?.N === undefined ? null : Number(item.emptySince.N),
    asleep: item.asleep?.BOOL ?? false,
    pace: Number(item.pace?.N ?? 1),
    adsPerRead: Number(item.adsPerRead?.N ?? listingsPerRead),
    after: item.after?.S ?? null,
    passAt: Number(item.passAt?.N ?? 0),
    readsSince: Number(item.readsSince?.N ?? 0),
    readsPausedUntil: item.readsPausedUntil?.N === undefined ? null : Number(item.readsPausedUntil.N),
  };
}
