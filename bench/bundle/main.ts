import { runAlone } from "#bench/report/run-alone.ts";
import { bench } from "./bench.ts";

await runAlone(bench);
