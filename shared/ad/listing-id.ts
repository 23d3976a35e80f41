import { createHash } from "node:crypto";

/** The namespace of our listing ids; a constant of this project, so that the same item always gets the same ids. */
const namespace = Buffer.from("6f0b7c8e3c0e5d0f9f5a4c8a2b1d7e93", "hex");

/**
 * The listing id of one generation of an item: a UUIDv5 (RFC 9562), so that a crash between minting and storing it cannot
 * make two. Different items and generations never share one.
 */
export function listingIdOf(item: { dealerCode: string; itemId: string }, generation: number): string {
  const name = JSON.stringify([item.dealerCode, item.itemId, generation]);
  const bytes = createHash("sha1").update(namespace).update(name).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
