import { vi } from "vitest";

/** Keeps what is written to standard output and error from now on, until the mocks are restored. */
export function keepLines(): string[] {
  const lines: string[] = [];
  const keep = (chunk: unknown) => lines.push(String(chunk)) > 0;
  vi.spyOn(process.stdout, "write").mockImplementation(keep);
  vi.spyOn(process.stderr, "write").mockImplementation(keep);
  return lines;
}
