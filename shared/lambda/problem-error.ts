/** What a problem+json answer says; `slug` is stable, for programs, and becomes its `type`: `/problems/<slug>`. */
export type Problem = {
  slug: string;
  status: number;
  title: string;
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
