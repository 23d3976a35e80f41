/** How a fake keeps what it is given, and hands out what it keeps, so that whoever has it can't change what is stored. */
export type Keep = <T>(value: T) => T;

/** By copies, as a table on another machine does. */
export const copied: Keep = (value) => structuredClone(value);

/** By letting nobody change it: who tries, throws. */
export const frozen: Keep = (value) => {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) {
      frozen(inner);
    }
  }
  return value;
};

/** On trust: for those who were seen, with `frozen`, to change nothing. */
export const trusted: Keep = (value) => value;
