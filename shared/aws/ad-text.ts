import { deflateSync, inflateSync } from "node:zlib";
import { adDictionary } from "./ad-dictionary.ts";

/*
 * An ad's JSON as zlib's difference to what ads have in common (RFC 1950). Such a text begins with the checksum of the
 * dictionary that it was written with, and so says by itself which one it is to be read with.
 */

/** Where zlib says that a dictionary was used, and which. */
const flagsAt = 1;
const usesDictionary = 0x20;
const checksumAt = 2;

/**
 * Every dictionary that a stored ad may have been written with; the first one is written with. None is ever changed, and a new
 * one is read by one version before the next writes with it: else there is no way back from that one.
 */
const dictionaries = new Map([adDictionary].map((dictionary) => [checksumOf(deflate("", dictionary)), dictionary]));

export function packAdText(text: string): Uint8Array {
  return deflate(text, adDictionary);
}

/** Throws where no version up to this one has written it, and says which dictionary is missing. */
export function unpackAdText(packed: Uint8Array): string {
  const checksum = checksumOf(packed);
  const dictionary = checksum === null ? undefined : dictionaries.get(checksum);
  if (dictionary === undefined) {
    const known = [...dictionaries.keys()].join(", ");
    throw new Error(`it was stored by another version, with the dictionary ${checksum ?? "none"}; known: ${known}`);
  }
  return inflateSync(packed, { dictionary }).toString();
}

function deflate(text: string, dictionary: Uint8Array): Uint8Array {
  return deflateSync(text, { dictionary });
}

/** As zlib writes it, in hexadecimal; null for what was written without a dictionary. */
function checksumOf(packed: Uint8Array): string | null {
  const isWithDictionary = packed.length > checksumAt + 4 && ((packed[flagsAt] ?? 0) & usesDictionary) !== 0;
  return isWithDictionary ? Buffer.from(packed.slice(checksumAt, checksumAt + 4)).toString("hex") : null;
}
