import { ProblemError } from "#shared/lambda/problem-error.ts";

/** What a known source may be told instead of a status. The slugs are part of the contract, the sentences are not. */
export const problems = {
  noReceipt: () =>
    new ProblemError({
      status: 404,
      slug: "no-receipt",
      title: "No receipt",
      detail:
        "No event of this id has a receipt: its outcome is not known yet, it never came, or it was more than 90 days ago.",
    }),
  unknownItem: () =>
    new ProblemError({
      status: 404,
      slug: "unknown-item",
      title: "Unknown item",
      detail: "No event about this item has been worked on.",
    }),
  dealerNotAllowed: () =>
    new ProblemError({
      status: 403,
      slug: "dealer-not-allowed",
      title: "Dealer not allowed",
      detail: "This source does not speak for this dealer.",
    }),
};
