/** Those that let the request pass and spoil the work that it starts. */
export const jobFaultKinds = ["late-log", "stuck", "image-error", "publish-error"] as const;

/** Those that meet the request or its answer. */
export const requestFaultKinds = [
  "status",
  "html",
  "hang",
  "slow",
  "drop-before",
  "drop-during",
  "drop-after",
  "truncated",
  "revoke-token",
] as const;

export const faultKinds = [...requestFaultKinds, ...jobFaultKinds] as const;
export type FaultKind = (typeof faultKinds)[number];
