import type { HeardAds } from "./heard-ad.js";
/** In the memory of one process: for tests, and for listeners of which there is one that never restarts. */
export declare function memoryHeardAds(): HeardAds;
