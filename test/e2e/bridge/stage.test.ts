import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningSandbox, run, startSandboxProcess, temporaryDirectory } from "#test/e2e/sandbox-process.ts";
import { runBridge } from "./run-bridge.ts";

let sandbox: RunningSandbox;
let environment: Record<string, string>;
beforeAll(async () => {
  sandbox = await startSandboxProcess({ args: ["--no-stock"] });
  environment = (await (await fetch(`${sandbox.bridgeUrl}/sandbox/environment`)).json()) as Record<string, string>;
});
afterAll(() => sandbox[Symbol.asyncDispose]());

type Answer = { status: number; body: string };

/** CloudFormation, as far as it describes one stack; `asked` are the names it was asked about. */
async function startCloudFormation(answer: Answer) {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) {
      chunks.push(chunk as Uint8Array);
    }
    asked.push(new URLSearchParams(Buffer.concat(chunks).toString()).get("StackName") ?? "");
    response.writeHead(answer.status, { "content-type": "text/xml" }).end(answer.body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, asked, [Symbol.asyncDispose]: async () => void server.close() };
}

const described = (outputs: string): Answer => ({
  status: 200,
  body: `<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult><Stacks><member><StackName>s</StackName><Outputs>${outputs}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`,
});
const refused = (code: string, message: string): Answer => ({
  status: 400,
  body: `<ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
});
const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");

async function onStage(cloudFormation: { url: string }, ...args: string[]) {
  const program = run("bridge", { args, env: { ...environment, AWS_ENDPOINT_URL_CLOUDFORMATION: cloudFormation.url } });
  const { code } = await program.exited;
  return { code, stdout: program.stdout(), stderr: program.stderr() };
}

describe("npm run bridge --stage", () => {
  it("finds everything by the output of the stack that the stage's settings name", async () => {
    const output = `<member><OutputKey>Environment</OutputKey><OutputValue>${escaped(JSON.stringify(environment))}</OutputValue></member>`;
    await using cloudFormation = await startCloudFormation(described(output));
    const { code, stdout, stderr } = await onStage(cloudFormation, "lanes", "--stage", "trial");
    expect([code, stdout, stderr]).toEqual([0, "every lane is in order\n", ""]);
    expect(cloudFormation.asked).toEqual(["blocket-bridge-trial"]);
  });

  it.each([
    ["an unknown stage", "nowhere", described(""), /^There is no stage "nowhere"; cdk\/stages\.ts has .*\.\n$/],
    ["an older deployment", "trial", described(""), /^the stack blocket-bridge-trial has no output Environment: .*\n$/],
    [
      "no deployment",
      "trial",
      refused("ValidationError", "Stack with id blocket-bridge-trial does not exist"),
      /^Stack with id blocket-bridge-trial does not exist\n$/,
    ],
    [
      "a missing permission",
      "trial",
      refused("AccessDenied", "User: me is not authorized to perform: cloudformation:DescribeStacks"),
      /^your AWS credentials do not allow this: User: me is not authorized to perform: .*\n$/,
    ],
  ])("says of %s one sentence, and ends with 1", async (_, stage, answer, sentence) => {
    await using cloudFormation = await startCloudFormation(answer);
    const { code, stdout, stderr } = await onStage(cloudFormation, "lanes", "--stage", stage);
    expect([code, stdout, stderr]).toEqual([1, "", expect.stringMatching(sentence)]);
  });
});

describe("npm run bridge -- secrets check", () => {
  it("checks both secrets of a sandbox, and of a stage whose functions are not there yet", async () => {
    const usable =
      "blocket-bridge/sources  usable as sources: 1 source, 3 dealers\nblocket-bridge/tokens  usable as tokens: 2 tokens, 3 dealers\n";
    expect(await runBridge(sandbox.bridgeUrl, ["secrets", "check"])).toEqual({ code: 0, stdout: usable, stderr: "" });
    const nowhere = { url: "http://127.0.0.1:9" };
    const checked = await onStage(nowhere, "secrets", "check", "--stage", "production");
    expect([checked.code, checked.stdout]).toEqual([0, usable]);
    const missing = await onStage(nowhere, "secrets", "check", "--stage", "trial");
    expect([missing.code, missing.stdout]).toEqual([1, ""]);
    expect(missing.stderr.split("\n")).toEqual([
      "the secret blocket-bridge-trial/sources has no value yet, or does not exist",
      "the secret blocket-bridge-trial/tokens has no value yet, or does not exist",
      "",
    ]);
  });

  it("checks a file before it is put anywhere, and says of a wrong one a sentence without a value", async () => {
    await using folder = await temporaryDirectory();
    const file = join(folder.path, "tokens.json");
    await writeFile(file, '[{"tokenId":"solo","token":"hush","scope":"dealer_code","dealers":["SOLO"]}]');
    const right = await onStage({ url: "" }, "secrets", "check", file, "--json");
    expect([right.code, JSON.parse(right.stdout)]).toMatchObject([0, [{ kind: "tokens", holds: "1 token, 1 dealer" }]]);
    await writeFile(file, '[{"tokenId":"solo","token":"hush","scope":"dealer","dealers":["SOLO"]}]');
    const wrong = await onStage({ url: "" }, "secrets", "check", file);
    expect([wrong.code, wrong.stderr]).toEqual([1, `the secret ${file} is not usable: /0/scope invalid-value\n`]);
    const none = await onStage({ url: "" }, "secrets", "check", `${file}.not`);
    expect([none.code, none.stderr]).toEqual([1, `${file}.not cannot be read\n`]);
  });
});
