/** Virtual time: whatever waits is woken in order, and nothing takes time but what says so. */
export type Engine = {
  now(): number;
  sleep(ms: number): Promise<void>;
  /** Calls `run` at this time, or now if that is past. */
  at(time: number, run: () => void): void;
  /** Lets time pass until nothing is left to do, or until `end`. */
  run(end?: number): Promise<void>;
};

type Event = { time: number; order: number; run: () => void };

/** 2026-01-05 08:00 UTC; any time would do. */
export const dawn = Date.UTC(2026, 0, 5, 8);

export function makeEngine(): Engine {
  const heap: Event[] = [];
  let time = dawn;
  let order = 0;
  const at = (due: number, run: () => void) => {
    order += 1;
    push(heap, { time: Math.max(due, time), order, run });
  };
  return {
    now: () => time,
    sleep: (ms) => new Promise((resolve) => void at(time + ms, resolve)),
    at,
    async run(end = Number.POSITIVE_INFINITY) {
      await settle();
      for (let next = heap[0]; next !== undefined && next.time <= end; next = heap[0]) {
        time = next.time;
        pop(heap).run();
        await settle();
      }
      time = Math.max(time, Number.isFinite(end) ? end : time);
    },
  };
}

/** Lets everything run that can run without waiting: no step waits for anything real. */
const settle = () => new Promise<void>((resolve) => void setImmediate(resolve));

const isBefore = (a: Event, b: Event) => a.time < b.time || (a.time === b.time && a.order < b.order);

function push(heap: Event[], event: Event): void {
  let place = heap.push(event) - 1;
  while (place > 0) {
    const parent = (place - 1) >> 1;
    const above = heap[parent] as Event;
    if (isBefore(above, event)) {
      break;
    }
    heap[place] = above;
    place = parent;
  }
  heap[place] = event;
}

function pop(heap: Event[]): Event {
  const first = heap[0] as Event;
  const last = heap.pop() as Event;
  if (heap.length === 0) {
    return first;
  }
  let place = 0;
  for (;;) {
    let child = 2 * place + 1;
    if (child >= heap.length) {
      break;
    }
    if (child + 1 < heap.length && isBefore(heap[child + 1] as Event, heap[child] as Event)) {
      child += 1;
    }
    if (isBefore(last, heap[child] as Event)) {
      break;
    }
    heap[place] = heap[child] as Event;
    place = child;
  }
  heap[place] = last;
  return first;
}
