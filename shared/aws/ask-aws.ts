import { RetryableError } from "#shared/contracts/errors.ts";

/** Makes one call to AWS. Whatever fails becomes a `RetryableError` that says what was wanted, with the SDK's error as its cause. */
export async function askAws<T>(wanted: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.name : "an unknown fault";
    throw new RetryableError(`could not ${wanted}: ${reason}`, { cause });
  }
}
