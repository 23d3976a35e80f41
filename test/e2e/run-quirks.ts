import { parseArgs } from "node:util";
import { type QuirkName, quirkNames, quirks } from "#local/simulator/quirks.ts";
import { type Alternative, playAlternative, resetQuirk, type Verdict } from "./quirks/play-alternative.ts";
import { startSandboxProcess } from "./sandbox-process.ts";

/*
 * npm run test:quirks -- [--quirk NAME]...
 * Plays the sample stock, and what it has none of, through the sandbox under each alternative of each quirk of the
 * marketplace, three sandboxes side by side, and checks what the bridge told of it. What failed is played once more with
 * nothing beside it: on a machine that stands still for two seconds, a charged call is in doubt and rightly not repeated.
 */
const { values } = parseArgs({ options: { quirk: { type: "string", multiple: true, default: [] } } });
const sandboxes = 3;

const say = (line: string) => void process.stdout.write(`${line}\n`);

function chooseNames(): QuirkName[] {
  const unknown = values.quirk.find((name) => !Object.hasOwn(quirks, name));
  if (unknown !== undefined) throw new Error(`there is no quirk ${unknown}: there are ${quirkNames.join(", ")}`);
  return values.quirk.length === 0 ? quirkNames : quirkNames.filter((name) => values.quirk.includes(name));
}

function alternativesOf(name: QuirkName): Alternative[] {
  const { default: standard, alternatives }: { default: string | number; alternatives: readonly (string | number)[] } =
    quirks[name];
  return alternatives.filter((value) => value !== standard).map((value) => ({ name, value }));
}

const standardOf = (alternative: Alternative) => quirks[(alternative?.name ?? quirkNames[0]) as QuirkName].default;

function format({ alternative, items, seconds, problems }: Verdict): string {
  const what = alternative === null ? "all defaults" : `${alternative.name}=${alternative.value}`;
  const verdict = problems.length === 0 ? "passed" : "FAILED";
  const head = `${what.padEnd(36)} ${verdict}  ${items} ads in ${seconds.toFixed(1)} s`;
  return [head, ...problems.map((problem) => `    ${problem.slice(0, 1_000)}`)].join("\n");
}

/** Takes one alternative after the other from the list that all share. */
async function playThrough(waiting: Alternative[], turn: number): Promise<Verdict[]> {
  await using sandbox = await startSandboxProcess({ args: ["--no-stock"] });
  const verdicts: Verdict[] = [];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const verdict = await playAlternative(sandbox, next, turn);
    await resetQuirk(sandbox, next, standardOf(next));
    say(format(verdict));
    verdicts.push(verdict);
  }
  return verdicts;
}

const waiting: Alternative[] = [null, ...chooseNames().flatMap(alternativesOf)];
const startedAt = performance.now();
const hasFailed = ({ problems }: Verdict) => problems.length > 0;
const verdicts = (await Promise.all(Array.from({ length: sandboxes }, () => playThrough(waiting, 1)))).flat();
const again = verdicts.filter(hasFailed).map(({ alternative }) => alternative);
if (again.length > 0) say("once more, one at a time:");
const failed = again.length === 0 ? 0 : (await playThrough(again, 2)).filter(hasFailed).length;
const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
say(`${verdicts.length} alternatives in ${seconds} s, ${failed} failed for good`);
process.exitCode = failed === 0 ? 0 : 1;
