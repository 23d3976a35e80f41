import { runAlone } from "#bench/report/run-alone.ts";
import { bench } from "./bench.ts";

/* npm run bench:resend [-- --scale N --rounds 0.2] */
await runAlone(bench);
