import { type Engine, makeEngine } from "./engine.ts";
import { type MemoryTable, memoryTable } from "./memory-table.ts";
import { type Meter, makeMeter } from "./meter.ts";
import { makeProcessorClock, type ProcessorClock } from "./processor-clock.ts";

/** What both the bridge and its reference live in. */
export type World = { engine: Engine; meter: Meter; processor: ProcessorClock; table: MemoryTable };

export function makeWorld(options: { isDueWhole?: boolean } = {}): World {
  return { engine: makeEngine(), meter: makeMeter(), processor: makeProcessorClock(), table: memoryTable(options) };
}
