import type { Cells } from "./cell.ts";
import { dropped, listsNothing, saysNothing } from "./input.ts";

/** A POST that would be the first write under an id of the source's choice. */
export const chosenCells: Cells<"chosen"> = {
  "look-up": {
    ...dropped,
    ...saysNothing,
    ...listsNothing,
    "read found": "ready, put",
    "read deleted": "ended",
    "read traced": "ready, put",
    "read finished": "ready, put",
    "read errored": "ready, put",
    "read unknown": "ready, put",
    "read foreign": "ready, put",
    "read stranger": "ended, AdErrored, 2 failed refused",
    "read absent": "ready",
    "read taken": "ended, AdErrored, 2 failed refused",
    "read unlisted": "same",
    "read twice found": "ready, put",
    "read twice deleted": "ended",
    "read twice foreign": "ready, put",
    "read twice stranger": "ended, AdErrored, 2 failed refused",
    "read twice absent": "ready",
    "read twice taken": "ended, AdErrored, 2 failed refused",
    "read twice unlisted": "same",
    "a day": "look-up, AdStalled, then get",
    "inventory.item.upserted": "ended, 2 superseded newer-wish, then get",
    "inventory.item.removed": "ended, 2 superseded newer-wish, then get",
    "inventory.item.removed and its minute": "ended, 2 superseded newer-wish, then get",
    "inventory.item.bump-requested": "look-up, then get",
    "inventory.item.pole-position-requested": "look-up, then get",
  },
};

/** A DELETE that would be: of what we never heard of, under the id that the source gave it. */
export const chosenRemovalCells: Cells<"chosen removal"> = {
  "look-up": {
    ...chosenCells["look-up"],
    "read found": "ready",
    "read deleted": "ready",
    "read traced": "ready",
    "read finished": "ready",
    "read errored": "ready",
    "read unknown": "ready",
    "read foreign": "ready",
    "read stranger": "ready",
    "read absent": "ended, 2 applied absent",
    "read taken": "ended, 2 applied absent",
    "read twice found": "ready",
    "read twice deleted": "ready",
    "read twice foreign": "ready",
    "read twice stranger": "ready",
    "read twice absent": "ended, 2 applied absent",
    "read twice taken": "ended, 2 applied absent",
  },
};
