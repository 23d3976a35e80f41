import type { Comparison } from "./compare-verdicts.ts";
import type { Fault } from "./verdicts.ts";

/** A comparison as lines for a person. */
export function formatComparison(comparison: Comparison): string {
  const { id, bridge, warnings, marketplace, agree, onlyBridge, onlyMarketplace } = comparison;
  return [
    id,
    `  bridge       ${bridge.length > 0 ? "rejected" : warnings.length > 0 ? "valid, with warnings" : "valid"}`,
    ...[...bridge, ...warnings].map(formatFault),
    ...formatMarketplace(marketplace),
    ...(agree === false ? ["  THEY DIFFER"] : []),
    ...(onlyBridge.length > 0 ? [`  only the bridge finds fault with ${onlyBridge.join(", ")}`] : []),
    ...(onlyMarketplace.length > 0 ? [`  only the marketplace finds fault with ${onlyMarketplace.join(", ")}`] : []),
    "",
  ].join("\n");
}

function formatMarketplace(verdict: Comparison["marketplace"]): string[] {
  switch (verdict.kind) {
    case "valid":
      return ["  marketplace  valid"];
    case "refused":
      return ["  marketplace  refused", ...verdict.faults.map(formatFault)];
    case "not-asked":
      return [`  marketplace  no verdict: ${verdict.why}`];
    default:
      throw new Error(`unknown verdict ${JSON.stringify(verdict satisfies never)}`);
  }
}

function formatFault({ pointer, message }: Fault): string {
  return `    ${pointer ?? "(the document)"}: ${message}`;
}
