declare module "dynalite" {
  /** What we use of it; without a `path` everything is in memory. */
  type DynaliteOptions = { path?: string; createTableMs?: number };
  function dynalite(options: DynaliteOptions): import("node:http").Server;
  export = dynalite;
}
