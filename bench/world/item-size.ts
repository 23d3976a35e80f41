import type { AttributeValue } from "@aws-sdk/client-dynamodb";

export type Item = Record<string, AttributeValue>;

/** Bytes of an item as DynamoDB counts them. Source: developer guide, "DynamoDB item sizes and formats". */
export function itemBytes(item: Item): number {
  return Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + valueBytes(value), 0);
}

function valueBytes(value: AttributeValue): number {
  if (value.S !== undefined) {
    return Buffer.byteLength(value.S);
  }
  if (value.B !== undefined) {
    return value.B.byteLength;
  }
  if (value.N !== undefined) {
    return Math.ceil(value.N.replace(/^-?0*\.?|\.|0+$/g, "").length / 2) + 1;
  }
  if (value.BOOL !== undefined || value.NULL !== undefined) {
    return 1;
  }
  throw new Error(`no size is known for ${Object.keys(value)}`);
}

export const writeUnits = (bytes: number) => Math.max(1, Math.ceil(bytes / 1024));
export const readUnits = (bytes: number) => Math.max(1, Math.ceil(bytes / 4096));
