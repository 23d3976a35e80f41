import { UnreadableAdError } from "#shared/aws/unreadable-ad-error.ts";
import { RetryableError } from "#shared/contracts/errors.ts";
import { formatAdName } from "./ad-name.ts";

/** What AWS calls it when it is the caller, and not the call, that is wrong. */
const refusals =
  /AccessDenied|NotAuthorized|UnrecognizedClient|InvalidClientToken|ExpiredToken|CredentialsProviderError/;

/** A fault as one sentence; only a bug of ours comes with its place. */
export function describeFault(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  if (error instanceof UnreadableAdError) {
    return describeUnreadable(error);
  }
  const refusal = [error, error.cause].find((fault) => fault instanceof Error && refusals.test(fault.name));
  if (refusal instanceof Error) {
    const wanted = error === refusal ? "" : ` (${error.message})`;
    return `your AWS credentials do not allow this: ${refusal.message || refusal.name}${wanted}`;
  }
  const isForUser = error.constructor === Error || error instanceof RetryableError || "$fault" in error;
  return isForUser ? error.message : (error.stack ?? error.message);
}

/** An operator sees the ad's own name, which no log has. */
export function describeUnreadable({ key, message, reason }: UnreadableAdError): string {
  return "source" in key ? message : `the ad ${formatAdName(key)} cannot be read from the table: ${reason}`;
}
