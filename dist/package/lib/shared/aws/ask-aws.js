import { RetryableError } from "../contracts/errors.js";
async function askAws(wanted, call) {
  try {
    return await call();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.name : "an unknown fault";
    throw new RetryableError(`could not ${wanted}: ${reason}`, { cause });
  }
}
export {
  askAws
};
