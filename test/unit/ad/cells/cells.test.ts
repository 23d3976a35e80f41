import { describe, expect, it } from "vitest";
import { rows } from "./all-cells.ts";
import { play } from "./cell.ts";
import type { Input } from "./input.ts";

describe.each(rows)("a %s that is %s", (subject, phase, inputs) => {
  it.each(Object.entries(inputs))("%s: %s", (input, expected) => {
    expect(play(subject, phase, input as Input).outcome).toBe(expected);
  });
});
