/** Our own side failed (AWS, a lost answer); the same may work later. The message stays in its queue; over HTTP it is a 503. */
export declare class RetryableError extends Error {
    readonly name = "RetryableError";
}
/** Not readable as a message of ours: goes to the dead-letter queue at once, with this reason. */
export declare class PoisonMessageError extends Error {
    readonly name = "PoisonMessageError";
}
