import type { UnreadableAdError } from "#shared/aws/unreadable-ad-error.ts";
import { describeUnreadable } from "./describe-fault.ts";

/** What a search tells beside its answer. An ad that was left out of the answer makes the command end with 1. */
export const onStderr = {
  warn: (sentence: string): void => console.error(sentence),
  unreadable: (fault: UnreadableAdError): void => {
    console.error(describeUnreadable(fault));
    process.exitCode = 1;
  },
};
