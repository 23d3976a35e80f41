/*
 * What a bench cannot measure on one machine, in one place. The same for the bridge and for its reference. They decide
 * what Lambda bills for waiting, and add to every delay.
 */

/** One call to AWS from a function in the same region, in ms. */
export const awsCallMs = 5;
/** One call to the marketplace, there and back, in ms. */
export const marketplaceCallMs = 200;
/** A function with 1,769 MB has one processor; one with less has that share of it. */
export const wholeProcessorMb = 1_769;
/** What CloudWatch adds to each log event, in bytes. */
export const logEventBytes = 26;
/** What Lambda writes of each invocation by itself. */
export const platformLines = [
  "START RequestId: 8f5a5d8c-1c51-4e3c-9a0e-d5f1f1f1f1f1 Version: $LATEST\n",
  "END RequestId: 8f5a5d8c-1c51-4e3c-9a0e-d5f1f1f1f1f1\n",
  "REPORT RequestId: 8f5a5d8c-1c51-4e3c-9a0e-d5f1f1f1f1f1\tDuration: 251.92 ms\tBilled Duration: 252 ms\tMemory Size: 512 MB\tMax Memory Used: 112 MB\t\n",
];
