import { runAlone } from "#bench/report/run-alone.ts";
import { bench } from "./bench.ts";

/* npm run bench:poll [-- --scale N --rounds 0.2]   GETs and detection delay beside the naive bridge, in virtual time */
await runAlone(bench);
