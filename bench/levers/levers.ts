import { resolve } from "node:path";
import type { BuildOptions } from "esbuild";
import { bundleOptions } from "#cdk/bundle.ts";

/** `receive` built as it would be without one of the things that made it small or quick. */
export type Lever = { name: string; change: BuildOptions };

const { alias } = bundleOptions;

export const levers: readonly Lever[] = [
  {
    // The sources left out import more of node:http than its stand-in has.
    name: "credentials from the environment only, nor the stand-ins for Node's modules",
    change: withoutAlias("@aws-sdk/credential-provider-node", "node:http", "node:process"),
  },
  {
    name: "no event streams, no endpoint discovery",
    change: withoutAlias("@smithy/core/event-streams", "@aws-sdk/endpoint-cache"),
  },
  { name: "stand-ins for Node's modules", change: withoutAlias("node:http", "node:process") },
  { name: "names minified", change: { keepNames: true } },
  { name: "our own log lines", change: instead("line-writer.ts", "powertools-line-writer.ts") },
  { name: "a request rehearsed in INIT", change: instead("rehearse.ts", "no-rehearsal.ts") },
];

function withoutAlias(...names: (keyof typeof alias)[]): BuildOptions {
  const kept = Object.entries(alias).filter(([name]) => !names.some((one) => one === name));
  return { alias: Object.fromEntries(kept) };
}

/** Another file of this folder in the place of one of ours. */
function instead(file: string, stand: string): BuildOptions {
  const filter = new RegExp(`/${file.replaceAll(".", "\\.")}$`);
  return {
    plugins: [
      {
        name: `instead of ${file}`,
        setup: ({ onResolve }) => onResolve({ filter }, () => ({ path: resolve(import.meta.dirname, stand) })),
      },
    ],
  };
}
