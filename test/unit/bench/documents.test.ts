import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "vitest";

it("quotes in README and docs only what npm run bench has stored", async () => {
  const check = promisify(execFile)(process.execPath, ["bench/docs/main.ts", "--check"]);
  await expect(check).resolves.toMatchObject({ stderr: "" });
});
