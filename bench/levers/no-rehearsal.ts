/** Stands in for `functions/receive/rehearse.ts` where a bench asks what a function does without. */
export async function rehearse(): Promise<void> {}
