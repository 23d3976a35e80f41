import { dieEverywhere } from "#test/support/world/die-everywhere.ts";
import { lives } from "#test/support/world/stories.ts";

dieEverywhere(lives);
