import type { Cells } from "./cell.ts";
import { putCells } from "./put-cells.ts";

/** A PUT to a listing that it revives if it is deleted. */
export const revivableCells: Cells<"revivable"> = {
  ...putCells,
  doubt: {
    ...putCells.doubt,
    "read twice deleted": "ready",
  },
  "refused-check": {
    ...putCells["refused-check"],
    "read deleted": "ended, AdErrored, 2 failed refused",
    "read twice deleted": "ended, AdErrored, 2 failed refused",
  },
};
