import type { ProblemSlug } from "#shared/contracts/problems.ts";

/** What a problem+json answer says; `slug` is stable, for programs, and brings status and title. */
export type Problem = {
  slug: ProblemSlug;
  /** One sentence about this very request, for the person who has to change it. */
  detail: string;
  /** Further members of the answer, such as `items`. */
  members?: Record<string, unknown>;
  headers?: Record<string, string>;
};

/** The caller is wrong: answered as problem+json (RFC 9457), never logged as an error. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";
  readonly problem: Problem;

  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem.detail, options);
    this.problem = problem;
  }
}
