import { execFileSync } from "node:child_process";
import { copyFileSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { build } from "esbuild";
import { entries, packageManifest, schemas } from "./manifest.ts";
import { pointWithin } from "./point-within.ts";

const projectRoot = resolve(import.meta.dirname, "../..");

/** Below it in the package is what was compiled, in the folders of the source. */
const compiled = "lib";

/** Makes the package for listeners in an empty `folder`: what `npm pack` then packs. Throws where the source does not compile. */
export async function buildPackage(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await compile(join(folder, compiled));
  for (const [name, { files, types = [] }] of Object.entries(entries)) {
    const lines = [
      ...files.map((file) => reExport(name, file, "*")),
      ...types.map((file) => reExport(name, file, "type *")),
    ];
    write(join(folder, `${name}.d.ts`), lines.join(""));
    write(join(folder, `${name}.js`), lines.slice(0, files.length).join(""));
  }
  for (const file of globSync("[AI]*.schema.json", { cwd: join(projectRoot, schemas.from) })) {
    copyFileSync(join(projectRoot, schemas.from, file), join(folder, schemas.to, file));
  }
  copyFileSync(join(projectRoot, "LICENSE"), join(folder, "LICENSE"));
  const page = readFileSync(join(projectRoot, "docs/events.md"), "utf8");
  write(join(folder, "README.md"), page.replaceAll("](contract/", `](${schemas.to}/`));
  const { version, dependencies } = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8"));
  write(join(folder, "package.json"), `${JSON.stringify(packageManifest({ version, ...dependencies }), null, 2)}\n`);
}

/** The types by TypeScript, which writes those of all that the entries import; of each of these files then the code. */
async function compile(outdir: string): Promise<void> {
  const compiler = join(projectRoot, "node_modules/typescript/bin/tsc");
  const config = join(import.meta.dirname, "tsconfig.json");
  execFileSync(process.execPath, [compiler, "--project", config, "--outDir", outdir], { stdio: ["ignore", 2, 2] });
  const entryPoints = globSync("**/*.d.ts", { cwd: outdir }).map((file) => file.replace(/\.d\.ts$/, ".ts"));
  await build({
    entryPoints,
    outbase: projectRoot,
    absWorkingDir: projectRoot,
    outdir,
    format: "esm",
    target: "node22",
  });
  for (const file of globSync("**/*.{js,d.ts}", { cwd: outdir })) {
    const path = join(outdir, file);
    writeFileSync(path, pointWithin(readFileSync(path, "utf8"), file.replaceAll("\\", "/")));
  }
}

function reExport(name: string, file: string, what: "*" | "type *"): string {
  const up = "../".repeat(name.split("/").length - 1) || "./";
  return `export ${what} from "${up}${compiled}/${file.replace(/\.ts$/, ".js")}";\n`;
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
