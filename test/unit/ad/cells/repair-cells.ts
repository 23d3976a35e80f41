import type { Cells } from "./cell.ts";
import { deleteCells } from "./delete-cells.ts";
import { showsNothing } from "./input.ts";

/** The DELETE of an earlier generation's listing that was seen alive; the present one stands. */
export const repairCells: Cells<"repair"> = {
  ...deleteCells,
  ready: {
    ...deleteCells.ready,
    "listed finished": "ready, AdDeleted",
    "listed errored": "ready, AdErrored",
    "listed unknown": "ready, AdDeleted",
    "read finished": "ready, AdDeleted",
    "read errored": "ready, AdErrored",
    "read unknown": "ready, AdDeleted",
    "inventory.item.upserted": "ready, then none",
    "inventory.item.removed": "ready, then none",
    "inventory.item.removed and its minute": "calling, then delete",
  },
  calling: {
    ...deleteCells.calling,
    "reply not-found": "refused-check",
  },
  "refused-check": {
    ...deleteCells["refused-check"],
    ...showsNothing,
    "listed finished": "refused-check, AdDeleted",
    "listed errored": "refused-check, AdErrored",
    "listed unknown": "refused-check, AdDeleted",
    "read absent": "ended",
    "read deleted": "answered",
    "read finished": "answered, AdDeleted",
    "read errored": "refused-check, AdErrored",
    "read unknown": "refused-check, AdDeleted",
    "read twice absent": "ended",
    "read twice deleted": "answered",
  },
  answered: {
    ...deleteCells.answered,
    "listed finished": "answered, AdDeleted",
    "listed errored": "answered, AdErrored",
    "read finished": "answered, AdDeleted",
    "read errored": "answered, AdErrored",
  },
  overdue: {
    ...deleteCells.overdue,
    "a day": "overdue, overtaken, then delete",
    "inventory.item.upserted": "overdue, then put",
    "inventory.item.removed": "overdue, then delete",
    "inventory.item.removed and its minute": "overdue, then delete",
    "inventory.item.bump-requested": "overdue, overtaken, then delete",
    "inventory.item.pole-position-requested": "overdue, overtaken, then delete",
  },
};
