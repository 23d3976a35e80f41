/** An error as a log line may carry it: nothing of what an SDK or a parser hangs on its errors beside name and message. */
export type DescribedError = { name: string; message: string; stack?: string; cause?: DescribedError };

const deepestCause = 4;

/** The message of a SyntaxError is left out: a parser quotes the text it could not read, and that may be a body. */
export function describeError(error: unknown, depth = 0): DescribedError {
  if (!(error instanceof Error)) {
    return { name: "NotAnError", message: `something of type ${typeof error} was thrown` };
  }
  const quotes = error instanceof SyntaxError;
  const frames = (error.stack ?? "").split("\n").filter((line) => line.startsWith("    at "));
  return {
    name: error.name,
    message: quotes ? "(left out: it may quote what could not be parsed)" : error.message,
    stack: frames.join("\n"),
    ...(error.cause !== undefined && depth < deepestCause ? { cause: describeError(error.cause, depth + 1) } : {}),
  };
}
