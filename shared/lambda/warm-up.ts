import type { EventLogger } from "./logger.ts";

/**
 * Makes a function's first real call while Lambda starts it, when the processor is fastest and no caller waits. A failure
 * is only logged: each request makes the same call itself, and answers for it.
 */
export async function warmUp(
  { name, logger }: { name: string; logger: EventLogger },
  call: () => Promise<unknown>,
): Promise<void> {
  try {
    await call();
  } catch (error) {
    logger.warn(`${name}.warm-up-failed`, error, {});
  }
}
