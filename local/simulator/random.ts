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

function drawHex(state: RandomState): string {
  return Math.floor(drawFraction(state) * 2 ** 32)
    .toString(16)
    .padStart(8, "0");
}

/** A version 4 UUID. */
export function drawUuid(state: RandomState): string {
  const hex = drawHex(state) + drawHex(state) + drawHex(state) + drawHex(state);
  const variant = "89ab"[Number.parseInt(hex.charAt(16), 16) % 4];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}
