/** The one source of randomness: 32 bits kept in the marketplace's state, so that a restart goes on where it was. */
export interface RandomState {
  random: number;
}

/** A number in [0, 1); mulberry32. */
export function drawFraction(state: RandomState): number {
  state.random = (state.random + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state.random ^ (state.random >>> 15), 1 | state.random);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
}

const digits = Buffer.from("0123456789abcdef", "latin1");
/** Where the 32 digits of a UUID stand in its 36 characters; the 13th and the 17th are then overwritten. */
const places = [..."xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"].flatMap((mark, place) => (mark === "x" ? [place] : []));
const text = Buffer.from("xxxxxxxx-xxxx-4xxx-xxxx-xxxxxxxxxxxx", "latin1");
const versionDigit = 12;
const variantDigit = 16;

/**
 * A version 4 UUID. Put together in bytes: concatenated, it would be kept as a tree of its parts, which with a hundred
 * thousand ads came to a quarter of all memory.
 */
export function drawUuid(state: RandomState): string {
  for (let word = 0; word < 4; word += 1) {
    const drawn = Math.floor(drawFraction(state) * 2 ** 32);
    for (let digit = 0; digit < 8; digit += 1) {
      const index = word * 8 + digit;
      const value = (drawn >>> (28 - 4 * digit)) & 15;
      if (index === versionDigit) continue;
      text[places[index] ?? 0] = digits[index === variantDigit ? 8 + (value % 4) : value] ?? 0;
    }
  }
  return text.toString("latin1");
}
