import type { ItemState } from "#shared/contracts/status-answers.ts";

/** How an item stands, in words for who sells it. */
export const itemWords: Record<ItemState | "failed-unexplained" | "no-token", string> = {
  "nothing-asked": "No valid event has asked for anything yet.",
  "in-progress": "Blocket is being told, or has not said yet what came of it.",
  published: "The ad is published as last asked.",
  hidden: "The ad is stored as last asked, hidden.",
  updated: "The ad is changed as last asked.",
  absent: "There is no ad, as last asked.",
  unpublished: "The ad has been taken off the marketplace since: it is no longer published.",
  stalled: "Blocket has not said in time what came of what was last asked; if it does, this changes.",
  failed: "What was last asked did not come about; the errors say why.",
  "failed-unexplained": "What was last asked did not come about.",
  "no-token": "No token of Blocket's covers this dealer, so nothing can be sent.",
};
