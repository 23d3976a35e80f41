import type { Phase } from "#shared/ad/ad.ts";
import { bumpCells } from "./bump-cells.ts";
import type { Cells } from "./cell.ts";
import { chosenCells, chosenRemovalCells } from "./chosen-cells.ts";
import { clearCells } from "./clear-cells.ts";
import { deleteCells } from "./delete-cells.ts";
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

/** Each phase of each subject, with what is expected of every input. */
export const rows = Object.entries(cells).flatMap(([subject, phases]) =>
  Object.entries(phases).map(([phase, inputs]) => [subject, phase, inputs] as Row),
);
