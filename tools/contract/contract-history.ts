import { execFileSync } from "node:child_process";

/** The commit that had the file as it was before its last change, or in a sentence why there is none. */
export type Before = { kind: "commit"; commit: string } | { kind: "none"; why: string };

/**
 * Finds what a file that is committed is to be compared with: `HEAD` has it as it is now. `root` is a working tree of git; throws
 * git's own words where it is none.
 */
export function commitBeforeLastChange(root: string, path: string): Before {
  const [last = "", parent] = git(root, "log", "-1", "--format=%H %P", "--", path).trim().split(" ");
  if (parent !== undefined) {
    return { kind: "commit", commit: parent };
  }
  const isShallow = git(root, "rev-parse", "--is-shallow-repository").trim() === "true";
  const why = isShallow
    ? `this clone is shallow and has no commit before the last change of ${path}: git fetch --unshallow`
    : `${path} has no earlier version${last === "" ? ", and is not committed" : ""}`;
  return { kind: "none", why };
}

/** null where that commit has no such file; throws git's own words where there is no such commit. */
export function readCommitted(root: string, commit: string, path: string): string | null {
  return git(root, "ls-tree", "--name-only", commit, "--", path) === "" ? null : git(root, "show", `${commit}:${path}`);
}

function git(root: string, ...args: string[]): string {
  return execFileSync("git", args, { cwd: root, encoding: "utf8", stdio: "pipe", maxBuffer: 2 ** 26 });
}
