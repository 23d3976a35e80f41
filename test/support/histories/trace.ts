/** What happened, line by line, for a person to read. Off, it costs nothing and keeps nothing. */
export type Trace = { isOn: boolean; note(who: string, what: string): void; lines(): readonly string[] };

export function makeTrace(clock: { now: number }, options: { beginning: number; isOn: boolean }): Trace {
  const lines: string[] = [];
  return {
    isOn: options.isOn,
    note(who, what) {
      if (options.isOn) {
        lines.push(`${formatSpan(clock.now - options.beginning)}  ${who.padEnd(12)} ${what}`);
      }
    },
    lines: () => lines,
  };
}

/** Virtual time since the beginning: `01:02:03.456`. */
export function formatSpan(ms: number): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  return `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1_000) % 60)}.${String(ms % 1_000).padStart(3, "0")}`;
}
