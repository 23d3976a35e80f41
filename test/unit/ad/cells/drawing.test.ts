import { describe, expect, it } from "vitest";
import type { Phase } from "#shared/ad/ad.ts";
import { rows } from "./all-cells.ts";
import { play, type Transition } from "./cell.ts";
import { readDrawing } from "./drawing.ts";
import type { Input } from "./input.ts";
import type { Subject } from "./subject.ts";

/** What takes more than one input to come to. */
const walks: [Subject, Phase["kind"], ...Input[]][] = [
  ["post", "doubt", "read twice absent", "listed traced"],
  ["delete", "doubt", "read deleted", "listed found"],
];

describe("the drawing of a submission in docs/architecture.md", () => {
  it("has the transitions that the cells go through, and no other", { timeout: 30_000 }, () => {
    const all = rows.flatMap(([subject, phase, inputs]) =>
      Object.keys(inputs).map((input): (typeof walks)[number] => [subject, phase, input as Input]),
    );
    const made = new Set<Transition>([...all, ...walks].flatMap((walk) => play(...walk).transitions));
    expect(readDrawing()).toEqual([...made].sort());
  });
});
