import type { BridgeVerdict, Fault, MarketplaceVerdict } from "./verdicts.ts";

/** Two verdicts of one event, side by side. Pointers are into the event, the marketplace's too. */
export type Comparison = {
  id: string;
  isValid: boolean;
  /** null when the marketplace has no verdict. */
  agree: boolean | null;
  bridge: readonly Fault[];
  /** What the bridge only warns of: the marketplace would take it. */
  warnings: readonly Fault[];
  marketplace: MarketplaceVerdict;
  /** Fields that only one of them finds fault with. */
  onlyBridge: readonly string[];
  onlyMarketplace: readonly string[];
};

/** Where the document lies in the event. */
const documentPointer = "/data/ad";

export function compareVerdicts({ id, faults, warnings }: BridgeVerdict, verdict: MarketplaceVerdict): Comparison {
  const marketplace = verdict.kind === "refused" ? { ...verdict, faults: verdict.faults.map(intoEvent) } : verdict;
  const theirs = marketplace.kind === "refused" ? marketplace.faults : [];
  const isAsked = marketplace.kind !== "not-asked";
  const isGoodThere = marketplace.kind === "valid";
  return {
    id,
    isValid: faults.length === 0 && marketplace.kind !== "refused",
    agree: isAsked ? (faults.length === 0) === isGoodThere : null,
    bridge: faults,
    warnings,
    marketplace,
    onlyBridge: isAsked ? without(faults, theirs) : [],
    onlyMarketplace: without(theirs, faults),
  };
}

function intoEvent({ pointer, message }: Fault): Fault {
  return { pointer: pointer === null ? null : `${documentPointer}${pointer}`, message };
}

/** The pointers of `some` at or below which `others` find nothing, and above which neither. */
function without(some: readonly Fault[], others: readonly Fault[]): string[] {
  const known = others.map(({ pointer }) => pointer ?? documentPointer);
  const isKnown = (pointer: string) =>
    known.some((other) => other === pointer || isWithin(other, pointer) || isWithin(pointer, other));
  return [...new Set(some.map(({ pointer }) => pointer ?? documentPointer))].filter((pointer) => !isKnown(pointer));
}

function isWithin(inner: string, outer: string): boolean {
  return inner.startsWith(`${outer}/`);
}
