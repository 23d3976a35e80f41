import type { Profiler } from "node:inspector";

/** Whose code a share of the processor's time was spent in. */
export type Owner =
  | "the bridge"
  | "the emulators of AWS"
  | "the simulator"
  | "the sandbox and its clients"
  | "Node itself"
  | "garbage collection";

/** The part of the busy time by owner, and the part of all time that was idle. */
export type Shares = { busy: Map<Owner, number>; idle: number };

const owners: readonly [RegExp, Owner][] = [
  [
    /\/node_modules\/(dynalite|fauxqs|fastify|level|classic-level|memory-level|abstract-level|avvio|find-my-way|light-my-request|pino)/,
    "the emulators of AWS",
  ],
  [/\/local\/emulators\//, "the emulators of AWS"],
  [/\/local\/simulator\//, "the simulator"],
  [/\/(local|bench|test)\//, "the sandbox and its clients"],
];

/** `bundles`: where the functions' bundles lie; what is in them is the bridge, its SDK included. */
function ownerOf(url: string, bundles: readonly string[]): Owner | null {
  if (bundles.some((bundle) => url.includes(bundle))) {
    return "the bridge";
  }
  const known = owners.find(([pattern]) => pattern.test(url));
  return known?.[1] ?? (url.includes("/node_modules/") ? "the sandbox and its clients" : null);
}

/** Sums a profile up by owner: what Node does for someone is theirs who called it. */
export function readProfile(
  { nodes, samples = [], timeDeltas = [] }: Profiler.Profile,
  bundles: readonly string[],
): Shares {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const ownersById = new Map<number, Owner | "idle">();
  const visit = (id: number, inherited: Owner) => {
    const node = byId.get(id);
    if (node === undefined) {
      return;
    }
    const { url, functionName } = node.callFrame;
    const own = functionName === "(garbage collector)" ? "garbage collection" : (ownerOf(url, bundles) ?? inherited);
    ownersById.set(id, functionName === "(idle)" ? "idle" : own);
    for (const child of node.children ?? []) {
      visit(child, own);
    }
  };
  visit(nodes[0]?.id ?? 0, "Node itself");
  const spent = new Map<Owner | "idle", number>();
  for (const [place, id] of samples.entries()) {
    const owner = ownersById.get(id) ?? "Node itself";
    spent.set(owner, (spent.get(owner) ?? 0) + (timeDeltas[place] ?? 0));
  }
  const idle = spent.get("idle") ?? 0;
  spent.delete("idle");
  const busy = [...spent.values()].reduce((sum, time) => sum + time, 0);
  const shares = [...spent].map(([owner, time]) => [owner as Owner, time / busy] as const);
  return { busy: new Map(shares.sort(([, a], [, b]) => b - a)), idle: idle / (idle + busy) };
}
