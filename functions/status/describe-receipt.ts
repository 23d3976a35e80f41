import type { Receipt } from "#shared/contracts/receipt.ts";
import type { ReceiptView } from "#shared/contracts/status-answers.ts";
import type { FiledReceipt } from "./status.ts";

/** The first receipt of an event, and those that others of the same id have. */
export function describeReceipts(first: FiledReceipt, others: readonly FiledReceipt[]): ReceiptView {
  return { ...describe(first), ...(others.length > 0 ? { others: others.map(describe) } : {}) };
}

function describe({ key, receipt }: FiledReceipt): ReceiptView {
  const { source, eventId, outcome, reason, at, details = [], warnings = [] } = receipt;
  const item = "source" in key ? { dealerCode: null, itemId: null } : key;
  return {
    id: eventId,
    source,
    dealerCode: item.dealerCode,
    itemId: item.itemId,
    outcome,
    reason,
    words: words[outcome][reason] ?? `${outcome}: ${reason}.`,
    at: new Date(at).toISOString(),
    errors: [...details],
    warnings: [...warnings],
  };
}

const words: Record<Receipt["outcome"], Record<string, string>> = {
  applied: {
    published: "The ad is published.",
    hidden: "The ad is stored as asked, hidden.",
    updated: "The ad is changed.",
    absent: "The ad is gone.",
    charged: "Done, and charged by Blocket.",
    errored: "Blocket took the request, and an action of it failed.",
  },
  superseded: {
    "newer-wish": "A newer event about the item took its place.",
    "older-than-wish": "A newer event about the item had come before it.",
    "newer-request": "A newer request of the same kind took its place.",
    removed: "The item was removed before it could be done.",
  },
  suppressed: {
    unchanged: "Blocket already has exactly this ad.",
    "already-absent": "There was no ad to remove.",
  },
  rejected: {
    invalid: "The event is not valid; its errors say why.",
    "too-old": "The request was more than a day old.",
  },
  failed: {
    refused: "Blocket refused it; its errors say why.",
    stalled: "Blocket has not said in time what came of it; if it does, the ad's events tell.",
    drift: "Blocket shows another ad than was asked for, however often it is sent.",
    "in-doubt": "Whether Blocket did it is not known, and it is not tried again.",
    errored: "The old ad could not be taken away to make room for the new one.",
  },
};
