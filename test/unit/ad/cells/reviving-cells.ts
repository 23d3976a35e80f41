import type { Cells } from "./cell.ts";
import { revivableCells } from "./revivable-cells.ts";

/** A PUT that is to revive a listing whose DELETE has not ended, though the row reads as deleted. */
export const revivingCells: Cells<"reviving"> = {
  ...revivableCells,
  "refused-check": {
    ...revivableCells["refused-check"],
    "read absent": "ready",
    "read taken": "ready",
    "read unlisted": "ready",
    "read found": "ready",
    "read deleted": "ready",
    "read traced": "ready",
    "read finished": "ready",
    "read errored": "ready",
    "read unknown": "ready",
    "read foreign": "ready",
    "read stranger": "ready",
    "read twice absent": "ready",
    "read twice taken": "ready",
    "read twice unlisted": "ready",
    "read twice found": "ready",
    "read twice deleted": "ready",
    "read twice foreign": "ready",
    "read twice stranger": "ready",
  },
  answered: {
    ...revivableCells.answered,
    "listed finished": "answered, AdPublished",
    "read finished": "answered, AdPublished",
  },
};
