import { bumpCells } from "./bump-cells.ts";
import type { Cells } from "./cell.ts";

const bump = "inventory.item.bump-requested";
const pole = "inventory.item.pole-position-requested";
const otherNames: Record<string, string> = { AdBumped: "AdPolePositioned", [bump]: pole, [pole]: bump };

/** A pole position goes as a bump does, but for the names. */
export const poleCells: Cells<"pole_position"> = JSON.parse(
  JSON.stringify(bumpCells).replaceAll(
    RegExp(Object.keys(otherNames).join("|"), "g"),
    (name) => otherNames[name] ?? name,
  ),
);
