import { ProblemError } from "#shared/lambda/problem-error.ts";

/** What a known source may be told instead of a status. */
export const problems = {
  noReceipt: () =>
    new ProblemError({
      slug: "no-receipt",
      detail:
        "No event of this id has a receipt: its outcome is not known yet, it never came, or it was more than 90 days ago.",
    }),
  unknownItem: () => new ProblemError({ slug: "unknown-item", detail: "No event about this item has been worked on." }),
  dealerNotAllowed: () =>
    new ProblemError({ slug: "dealer-not-allowed", detail: "This source does not speak for this dealer." }),
};
