import { describe, expect, it } from "vitest";
import { compareVerdicts } from "#local/bridge/validate/compare-verdicts.ts";
import { formatComparison } from "#local/bridge/validate/format-comparison.ts";

const fault = (pointer: string | null, message = "wrong") => ({ pointer, message });
const refused = (...pointers: (string | null)[]) => ({
  kind: "refused" as const,
  faults: pointers.map((pointer) => fault(pointer)),
});
const bridge = (...pointers: string[]) => ({
  id: "evt-1",
  faults: pointers.map((pointer) => fault(pointer)),
  warnings: [],
});
const warned = { ...bridge(), warnings: [fault("/data/ad/body", "The ad has no text.")] };
const valid = { kind: "valid" } as const;
const silent = { kind: "not-asked", why: "no token" } as const;

describe("two verdicts of one event", () => {
  it.each([
    ["both find it valid", bridge(), valid, { isValid: true, agree: true }],
    ["the bridge only warns", warned, valid, { isValid: true, agree: true, onlyBridge: [] }],
    ["both refuse it", bridge("/data/ad/price"), refused("/price"), { isValid: false, agree: true }],
    ["only the bridge refuses it", bridge("/data/ad/price"), valid, { isValid: false, agree: false }],
    ["only the marketplace refuses it", bridge(), refused("/price"), { isValid: false, agree: false }],
    ["the marketplace has none", bridge(), silent, { isValid: true, agree: null }],
    ["the marketplace has none, the bridge refuses", bridge("/type"), silent, { isValid: false, agree: null }],
  ])("%s", (_, ours, theirs, expected) => {
    expect(compareVerdicts(ours, theirs)).toMatchObject(expected);
  });

  it.each([
    ["the same field", bridge("/data/ad/price"), refused("/price"), [], []],
    ["a field and a part of it", bridge("/data/ad/price/0/amount"), refused("/price"), [], []],
    ["a field and what it is part of", bridge("/data/ad/category_fields"), refused("/category_fields/brand"), [], []],
    ["fields with like names", bridge("/data/ad/url"), refused("/urls"), ["/data/ad/url"], ["/data/ad/urls"]],
    ["a field and the whole document", bridge("/data/ad/url"), refused(null), [], []],
    [
      "what the marketplace never sees",
      bridge("/data/itemId"),
      refused("/price"),
      ["/data/itemId"],
      ["/data/ad/price"],
    ],
    ["nothing, where it was not asked", bridge("/data/ad/url"), silent, [], []],
  ])("name what only one of them faults: %s", (_, ours, theirs, onlyBridge, onlyMarketplace) => {
    expect(compareVerdicts(ours, theirs)).toMatchObject({ onlyBridge, onlyMarketplace });
  });

  it("are told in lines", () => {
    expect(formatComparison(compareVerdicts(bridge(), refused("/category_fields/brand", null)))).toBe(
      [
        "evt-1",
        "  bridge       valid",
        "  marketplace  refused",
        "    /data/ad/category_fields/brand: wrong",
        "    (the document): wrong",
        "  THEY DIFFER",
        "  only the marketplace finds fault with /data/ad/category_fields/brand, /data/ad",
        "",
      ].join("\n"),
    );
    expect(formatComparison(compareVerdicts(warned, valid))).toBe(
      "evt-1\n  bridge       valid, with warnings\n    /data/ad/body: The ad has no text.\n  marketplace  valid\n",
    );
    expect(formatComparison(compareVerdicts(bridge(), silent))).toContain("marketplace  no verdict: no token");
  });
});
