class RetryableError extends Error {
  name = "RetryableError";
}
class PoisonMessageError extends Error {
  name = "PoisonMessageError";
}
export {
  PoisonMessageError,
  RetryableError
};
