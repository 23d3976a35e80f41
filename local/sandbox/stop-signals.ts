/** npm passes a Ctrl-C on that the terminal has already given to us: two so close together are one. */
const oneKeypressMs = 300;
const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const;
const parentEveryMs = 500;

/**
 * Listens for what ends the program: the first SIGINT or SIGTERM aborts the signal given, a second one ends the process
 * there and then. The end of the npm that started it aborts too.
 */
export function listenForStop(): AbortSignal {
  const controller = new AbortController();
  let firstAt: number | null = null;
  const take = (name: keyof typeof exitCodes) => {
    if (firstAt === null) {
      firstAt = Date.now();
      controller.abort();
    } else if (Date.now() - firstAt > oneKeypressMs) {
      process.exit(exitCodes[name]);
    }
  };
  process.on("SIGINT", () => take("SIGINT"));
  process.on("SIGTERM", () => take("SIGTERM"));
  if (process.env.npm_lifecycle_event !== undefined) {
    stopWithParent(() => controller.abort());
  }
  return controller.signal;
}

/** A signal sent to npm ends npm and the shell between us, and never gets here. */
function stopWithParent(stop: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid !== parent) {
      stop();
    }
  }, parentEveryMs);
  timer.unref();
}
