import type { Metafile } from "esbuild";

/** What each package, and each folder of ours, weighs in a bundle: bytes of the output, the heaviest first. */
export function weigh({ outputs }: Metafile): Map<string, number> {
  const weights = new Map<string, number>();
  for (const { inputs } of Object.values(outputs)) {
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const name = partOf(path);
      weights.set(name, (weights.get(name) ?? 0) + bytesInOutput);
    }
  }
  return new Map([...weights].sort(([, left], [, right]) => right - left));
}

function partOf(path: string): string {
  const [, name] = path.match(/.*node_modules\/((?:@[^/]+\/)?[^/]+)/) ?? [];
  return name ?? path.split("/").slice(0, 2).join("/");
}
