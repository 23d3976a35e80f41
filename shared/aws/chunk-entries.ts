/** Splits a list, in order, for a call that takes so many entries and bytes; what is too big by itself goes alone. */
export function chunkEntries<T>(
  entries: readonly T[],
  limits: { most: number; mostBytes: number; bytesOf(entry: T): number },
): T[][] {
  const chunks: T[][] = [];
  let bytes = 0;
  for (const entry of entries) {
    const size = limits.bytesOf(entry);
    const last = chunks.at(-1);
    if (last === undefined || last.length === limits.most || bytes + size > limits.mostBytes) {
      chunks.push([entry]);
      bytes = size;
    } else {
      last.push(entry);
      bytes += size;
    }
  }
  return chunks;
}
