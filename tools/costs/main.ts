import { writeFileSync } from "node:fs";
import { operationsFile, operationsWithCosts } from "./costs-table.ts";

/* npm run costs   writes into docs/operations.md what an idle stage costs, counted in the template */
writeFileSync(operationsFile, operationsWithCosts());
process.stdout.write("wrote docs/operations.md\n");
