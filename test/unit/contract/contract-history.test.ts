import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commitBeforeLastChange, readCommitted } from "#tools/contract/contract-history.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "blocket-bridge-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Who commits is said here, and no hook or setting of the machine has a say. */
const identity = ["-c", "user.name=a", "-c", "user.email=a@b.example", "-c", "commit.gpgsign=false"];
const git = (root: string, ...args: string[]) =>
  execFileSync("git", [...identity, ...args], { cwd: root, encoding: "utf8", stdio: "pipe" }).trim();

/** A working tree with one commit for each content of `contract.json`, and one more that leaves it alone. */
function history(name: string, contents: string[]): string {
  git(folder, "init", "--quiet", name);
  const root = join(folder, name);
  for (const [place, content] of contents.entries()) {
    writeFileSync(join(root, "contract.json"), content);
    git(root, "add", ".");
    git(root, "commit", "--quiet", "-m", `${place}`);
  }
  writeFileSync(join(root, "other"), "");
  git(root, "add", ".");
  git(root, "commit", "--quiet", "-m", "other");
  return root;
}

describe("what a contract is compared with", () => {
  it("is in a clean clone the one before its last change, and not itself", () => {
    const root = history("changed", ["first", "second"]);
    const clone = join(folder, "clone");
    git(folder, "clone", "--quiet", root, clone);
    const before = commitBeforeLastChange(clone, "contract.json");
    expect(before).toEqual({ kind: "commit", commit: git(root, "rev-parse", "HEAD~2") });
    expect(before.kind === "commit" && readCommitted(clone, before.commit, "contract.json")).toBe("first");
    expect(readCommitted(clone, "HEAD", "never.json")).toBe(null);
  });

  it("is nothing where the clone is shallow, which is said with what helps", () => {
    const root = history("long", ["first", "second"]);
    const clone = join(folder, "shallow");
    git(folder, "clone", "--quiet", "--depth", "1", pathToFileURL(root).href, clone);
    const before = commitBeforeLastChange(clone, "contract.json");
    expect(before).toEqual({ kind: "none", why: expect.stringMatching(/shallow.*git fetch --unshallow/) });
    git(clone, "fetch", "--quiet", "--unshallow");
    expect(commitBeforeLastChange(clone, "contract.json").kind).toBe("commit");
  });

  it("is nothing where there was none before", () => {
    const root = history("new", ["first"]);
    expect(commitBeforeLastChange(root, "contract.json")).toEqual({
      kind: "none",
      why: "contract.json has no earlier version",
    });
    expect(commitBeforeLastChange(root, "never.json")).toMatchObject({ why: expect.stringMatching(/not committed/) });
  });
});
