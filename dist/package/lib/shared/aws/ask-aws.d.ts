/** Makes one call to AWS. Whatever fails becomes a `RetryableError` that says what was wanted, with the SDK's error as its cause. */
export declare function askAws<T>(wanted: string, call: () => Promise<T>): Promise<T>;
