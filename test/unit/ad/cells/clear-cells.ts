import type { Cells } from "./cell.ts";
import { deleteCells } from "./delete-cells.ts";

/** The DELETE of a correction: the next generation is to follow. */
export const clearCells: Cells<"clear"> = {
  ...deleteCells,
  calling: {
    ...deleteCells.calling,
    "reply not-found": "ended",
    "inventory.item.upserted": "calling, 2 superseded newer-wish, then none",
    "inventory.item.removed": "calling, 2 superseded newer-wish, then none",
    "inventory.item.removed and its minute": "doubt, 2 superseded newer-wish, then get",
  },
  doubt: {
    ...deleteCells.doubt,
    "inventory.item.upserted": "doubt, 2 superseded newer-wish, then get",
    "inventory.item.removed": "doubt, 2 superseded newer-wish, then get",
    "inventory.item.removed and its minute": "doubt, 2 superseded newer-wish, then get",
  },
  "refused-check": {
    ...deleteCells["refused-check"],
    "read absent": "ended",
    "read twice absent": "ended",
    "inventory.item.upserted": "refused-check, 2 superseded newer-wish, then get",
    "inventory.item.removed": "refused-check, 2 superseded newer-wish, then get",
    "inventory.item.removed and its minute": "refused-check, 2 superseded newer-wish, then get",
  },
  answered: {
    ...deleteCells.answered,
    "listed finished": "ended, AdDeleted",
    "listed errored": "ended, AdErrored, 2 failed errored",
    "read finished": "ended, AdDeleted",
    "read errored": "ended, AdErrored, 2 failed errored",
    "inventory.item.upserted": "answered, 2 superseded newer-wish, then none",
    "inventory.item.removed": "answered, 2 superseded newer-wish, then none",
    "inventory.item.removed and its minute": "answered, 2 superseded newer-wish, then none",
  },
  overdue: {
    ...deleteCells.overdue,
    "listed errored": "ended, AdErrored, 2 failed errored",
    "read errored": "ended, AdErrored, 2 failed errored",
    "inventory.item.upserted": "overdue, 2 superseded newer-wish, then none",
    "inventory.item.removed": "overdue, overtaken, 2 superseded newer-wish, then delete",
    "inventory.item.removed and its minute": "overdue, overtaken, 2 superseded newer-wish, then delete",
  },
};
