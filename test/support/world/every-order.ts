import { Crash } from "./crash-gate.ts";

type Process = { name: string; go: (() => void) | null; die: ((crash: Crash) => void) | null; isFree: boolean };

/** One order in which processes take their steps: of those that wait for their turn, it says who is next. */
export type Order = {
  /** Begins a process. `step` waits for its turn; `free` lets it go on without. */
  begin(name: string, work: (turns: Turns) => Promise<void>): void;
  /** Lets them take turns until all have ended. `mortal`: which of them may die in place of a step, once in an order. */
  run(mortal?: string): Promise<{ hasDied: boolean }>;
};
export type Turns = { turn(): Promise<void>; free(): void };

/** Every order of the steps that processes take, one after another: each is played with the processes made anew. */
export function* everyOrder(): Generator<Order> {
  const choices: { chosen: number; of: number }[] = [];
  do {
    let depth = 0;
    yield makeOrder((of) => {
      const choice = choices[depth] ?? { chosen: 0, of };
      choices[depth] = choice;
      depth += 1;
      return choice.chosen;
    });
  } while (nextChoices(choices));
}

/** Changes the last choice that can still be another one, and forgets those behind it; false when there is none. */
function nextChoices(choices: { chosen: number; of: number }[]): boolean {
  for (let last = choices.pop(); last !== undefined; last = choices.pop()) {
    if (last.chosen + 1 < last.of) {
      choices.push({ ...last, chosen: last.chosen + 1 });
      return true;
    }
  }
  return false;
}

function makeOrder(choose: (of: number) => number): Order {
  const processes: Process[] = [];
  const works: Promise<unknown>[] = [];
  let ended = 0;
  return {
    begin(name, work) {
      const process: Process = { name, go: null, die: null, isFree: false };
      const turn = () =>
        process.isFree
          ? Promise.resolve()
          : new Promise<void>((go, die) => {
              Object.assign(process, { go, die });
            });
      const free = () => {
        process.isFree = true;
      };
      processes.push(process);
      const end = (error: unknown) => {
        ended += 1;
        return error;
      };
      works.push(work({ turn, free }).then(() => end(null), end));
    },
    async run(mortal) {
      let hasDied = false;
      while (ended < works.length) {
        await settled();
        const ready = processes.filter(({ go }) => go !== null);
        const dying = hasDied ? [] : ready.filter(({ name }) => name === mortal);
        const options = [...ready, ...dying];
        const place = options.length > 1 ? choose(options.length) : 0;
        const { go, die } = options[place] ?? { go: null, die: null };
        Object.assign(options[place] ?? {}, { go: null, die: null });
        if (place < ready.length) {
          go?.();
        } else {
          hasDied = true;
          die?.(new Crash("in place of a step"));
        }
      }
      const failed = (await Promise.all(works)).find((error) => error !== null && !(error instanceof Crash));
      if (failed !== undefined) {
        throw failed;
      }
      return { hasDied };
    },
  };
}

/** Until all that waits for nothing has gone on. */
const settled = () => new Promise<void>((resolve) => void setImmediate(resolve));
