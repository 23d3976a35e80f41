import { bumpCells } from "./bump-cells.ts";
import type { Cells } from "./cell.ts";

/** A pole position goes as a bump does, but for the name of what is told. */
export const poleCells: Cells<"pole_position"> = JSON.parse(
  JSON.stringify(bumpCells).replaceAll("AdBumped", "AdPolePositioned"),
);
