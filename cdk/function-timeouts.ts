import type { FunctionName } from "#cdk/bundle.ts";

/** How long one invocation may take, in seconds. What a function waits for must end within it. */
export const functionTimeouts: Record<FunctionName, number> = { receive: 10, submit: 120, poll: 60, status: 10 };
