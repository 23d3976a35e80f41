import { expect } from "vitest";
import { Crash, CrashGate } from "./crash-gate.ts";

/**
 * Does something again and again, on a new subject each time, dying at another step until each has been died at; after each
 * death a new process does it once more, and `check` looks at what that leaves. Gives the number of steps.
 */
export async function dieAtEachStep<T>(
  make: (gate: CrashGate) => Promise<T>,
  { act, check }: { act: (subject: T) => Promise<unknown>; check: (subject: T, where: string) => unknown },
): Promise<number> {
  const counting = new CrashGate();
  await act(await make(counting));
  for (let dieAt = 1; dieAt <= counting.passed; dieAt += 1) {
    const where = `death at ${dieAt}`;
    const gate = new CrashGate(dieAt);
    const subject = await make(gate);
    await expect(act(subject), where).rejects.toThrow(Crash);
    gate.revive();
    await act(subject);
    await check(subject, where);
  }
  return counting.passed;
}
