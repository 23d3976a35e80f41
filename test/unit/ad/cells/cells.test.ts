import { describe, expect, it } from "vitest";
import type { Phase } from "#shared/ad/ad.ts";
import { bumpCells } from "./bump-cells.ts";
import { type Cells, play, type Transition } from "./cell.ts";
import { chosenCells, chosenRemovalCells } from "./chosen-cells.ts";
import { clearCells } from "./clear-cells.ts";
import { deleteCells } from "./delete-cells.ts";
import { readDrawing } from "./drawing.ts";
import type { Input } from "./input.ts";
import { poleCells } from "./pole-cells.ts";
import { postCells } from "./post-cells.ts";
import { putCells } from "./put-cells.ts";
import { reducedCells } from "./reduced-cells.ts";
import { repairCells } from "./repair-cells.ts";
import { revivableCells } from "./revivable-cells.ts";
import { revivingCells } from "./reviving-cells.ts";
import type { Subject } from "./subject.ts";

/** What is left out here, or in a table, does not compile. */
const cells: { [S in Subject]: Cells<S> } = {
  post: postCells,
  reduced: reducedCells,
  chosen: chosenCells,
  "chosen removal": chosenRemovalCells,
  put: putCells,
  revivable: revivableCells,
  reviving: revivingCells,
  delete: deleteCells,
  clear: clearCells,
  repair: repairCells,
  bump: bumpCells,
  pole_position: poleCells,
};

type Row = [subject: Subject, phase: Phase["kind"], inputs: Record<Input, string>];

const rows = Object.entries(cells).flatMap(([subject, phases]) =>
  Object.entries(phases).map(([phase, inputs]) => [subject, phase, inputs] as Row),
);

type Played = ReturnType<typeof play>;
const played = new Map<string, Played>();

function playOnce(...walk: Parameters<typeof play>): Played {
  const known = played.get(walk.join()) ?? play(...walk);
  played.set(walk.join(), known);
  return known;
}

describe.each(rows)("a %s that is %s", (subject, phase, inputs) => {
  it.each(Object.entries(inputs))("%s: %s", (input, expected) => {
    expect(playOnce(subject, phase, input as Input).outcome).toBe(expected);
  });
});

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
    const made = new Set<Transition>([...all, ...walks].flatMap((walk) => playOnce(...walk).transitions));
    expect(readDrawing()).toEqual([...made].sort());
  });
});
