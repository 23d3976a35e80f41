import { dieEverywhere } from "#test/support/world/die-everywhere.ts";
import { oddities } from "#test/support/world/stories.ts";

dieEverywhere(oddities);
