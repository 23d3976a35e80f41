import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { importRules } from "./import-rules.ts";
import { type Findings, lintPlanted, type Planted } from "./plant.ts";

const restricted = "lint/style/noRestrictedImports";

const imports = Object.entries(importRules).flatMap(([folder, { allowed, refused }]) => [
  ...allowed.map((specifier) => ({ folder, specifier, isAllowed: true })),
  ...refused.map((specifier) => ({ folder, specifier, isAllowed: false })),
]);
const pathOf = (folder: string, place: number) => `${folder}/planted-${place}.ts`;

const otherWays: [name: string, source: string, rule: string | null][] = [
  ["a dynamic import", 'export const load = () => import("node:fs");\n', restricted],
  ["a re-export", 'export { readFileSync } from "node:fs";\n', restricted],
  ["an import of types", 'import type { Stats } from "node:fs";\nexport type Size = Stats["size"];\n', restricted],
  ["a default export", "export default 1;\n", "lint/style/noDefaultExport"],
  [
    "a floating promise of another file",
    'import { store } from "#shared/ad/store.ts";\nexport function run(): void {\n  store();\n}\n',
    "lint/nursery/noFloatingPromises",
  ],
  [
    "a promise taken for an answer",
    'import { store } from "#shared/ad/store.ts";\nexport const run = () => (store() ? 1 : 2);\n',
    "lint/nursery/noMisusedPromises",
  ],
  [
    "a switch that forgets a kind",
    'import type { Kind } from "#shared/ad/store.ts";\nexport function run(kind: Kind): number {\n  switch (kind) {\n    case "a":\n      return 1;\n  }\n  return 0;\n}\n',
    "lint/nursery/useExhaustiveSwitchCases",
  ],
  ["an unused import", 'import { store } from "#shared/ad/store.ts";\n', "lint/correctness/noUnusedImports"],
  [
    "a parameter given another value",
    "export function run(n: number): number {\n  n = 1;\n  return n;\n}\n",
    "lint/style/noParameterAssign",
  ],
  [
    "a promise awaited",
    'import { store } from "#shared/ad/store.ts";\nexport async function run(): Promise<void> {\n  await store();\n}\n',
    null,
  ],
];

const planted: Planted = {
  "shared/ad/store.ts": 'export type Kind = "a" | "b";\nexport async function store(): Promise<void> {}\n',
  "vitest.config.ts": "export default {};\n",
  ...Object.fromEntries(
    imports.map(({ folder, specifier }, place) => [
      pathOf(folder, place),
      `import { planted } from "${specifier}";\nexport const use = planted;\n`,
    ]),
  ),
  ...Object.fromEntries(otherWays.map(([, source], place) => [pathOf("shared/ad/other", place), source])),
};

let findings: Findings;
beforeAll(async () => {
  findings = await lintPlanted(planted);
});

describe("the linter", () => {
  it.each(imports.map((entry, place) => ({ ...entry, place })))(
    "in $folder, import of $specifier allowed: $isAllowed",
    ({ folder, place, isAllowed }) => {
      const found = new Set(findings.get(pathOf(folder, place)));
      expect([...found]).toEqual(isAllowed ? [] : [restricted]);
    },
  );

  it.each(otherWays.map(([name, , rule], place) => ({ name, rule, place })))("$name: $rule", ({ rule, place }) => {
    expect(findings.get(pathOf("shared/ad/other", place)) ?? []).toEqual(rule === null ? [] : [rule]);
  });

  it("lets the test runner have its default export", () => {
    expect(findings.get("vitest.config.ts")).toBeUndefined();
  });

  it("has a case here for every folder that has rules of its own", () => {
    const { overrides } = JSON.parse(readFileSync("biome.json", "utf8")) as {
      overrides: { includes: string[]; linter: { rules: { style?: Record<string, unknown> } } }[];
    };
    const folders = overrides
      .filter(({ linter }) => "noRestrictedImports" in (linter.rules.style ?? {}))
      .flatMap(({ includes }) => includes.map((glob) => glob.replace("/**", "")));
    expect(Object.keys(importRules)).toEqual(expect.arrayContaining(folders));
  });
});
