import type { Cells } from "./cell.ts";
import { postCells } from "./post-cells.ts";

/** A POST whose reduced price has to follow with a PUT. */
export const reducedCells: Cells<"reduced"> = {
  ...postCells,
  answered: {
    ...postCells.answered,
    "listed finished": "ended, AdPublished",
    "read finished": "ended, AdPublished",
  },
};
