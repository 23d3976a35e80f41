import { RetryableError } from "#shared/contracts/errors.ts";

/** What AWS calls it when it is the caller, and not the call, that is wrong. */
const refusals =
  /AccessDenied|NotAuthorized|UnrecognizedClient|InvalidClientToken|ExpiredToken|CredentialsProviderError/;

/** A fault as one sentence; only a bug of ours comes with its place. */
export function describeFault(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  const refusal = [error, error.cause].find((fault) => fault instanceof Error && refusals.test(fault.name));
  if (refusal instanceof Error) {
    const wanted = error === refusal ? "" : ` (${error.message})`;
    return `your AWS credentials do not allow this: ${refusal.message || refusal.name}${wanted}`;
  }
  const isForUser = error.constructor === Error || error instanceof RetryableError || "$fault" in error;
  return isForUser ? error.message : (error.stack ?? error.message);
}
