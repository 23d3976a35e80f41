import { dirname, relative } from "node:path/posix";

/** `from "…"`, `import("…")` and `import "…"` of a file of ours. */
const ours = /(\bfrom |\bimport\(|\bimport )"(#|\.{1,2}\/)([^"]+)\.[jt]s"/g;

/**
 * The text of an emitted file with every import of ours pointing at the emitted file it means: `#shared/x.ts` and `./x.ts` mean
 * nothing in a package. `at` is the file's path below the folder that everything is emitted to.
 */
export function pointWithin(text: string, at: string): string {
  return text.replace(ours, (_, before: string, beginning: string, path: string) => {
    const way = beginning === "#" ? relative(dirname(at), path) : `${beginning}${path}`;
    return `${before}"${way.startsWith(".") ? way : `./${way}`}.js"`;
  });
}
