import { describe, expect, it } from "vitest";
import { cutToSize } from "#shared/ad/cut-to-size.ts";

const room = 13 * 1024;
const complaint = (message: string, pointer: string | null = null) => ({ code: "invalid", pointer, message });
/** Data of exactly so many bytes of JSON, most of them in one message. */
const dataOf = (bytes: number) => {
  const errors = [complaint("x".repeat(bytes - JSON.stringify({ errors: [complaint("")] }).length))];
  return { errors };
};
const cutFrom = (errors: unknown[], rest: object = {}) => cutToSize({ ...rest, errors }).errors;
const many = (count: number, message: string) => Array.from({ length: count }, () => complaint(message));
const marker = (kept: number, of: number) => ({
  code: "truncated",
  pointer: null,
  message: `Cut to fit: ${kept} of ${of} are here.`,
});

describe("cutToSize", () => {
  it("leaves what just fits as it is, and cuts what is a byte longer", () => {
    expect(JSON.stringify(dataOf(room))).toHaveLength(room);
    expect(cutToSize(dataOf(room))).toEqual(dataOf(room));
    expect(cutToSize(dataOf(room + 1)).errors).toEqual([complaint("x".repeat(1_000)), marker(1, 1)]);
  });

  it("keeps 64 complaints, or half as many until they fit, and says how many there were", () => {
    expect(cutFrom(many(200, "x".repeat(90)))).toEqual([...many(64, "x".repeat(90)), marker(64, 200)]);
    expect(cutFrom(many(200, "x".repeat(600)))).toEqual([...many(16, "x".repeat(600)), marker(16, 200)]);
  });

  it("keeps one that alone is too long for it in bytes, cut", () => {
    const huge = complaint("å".repeat(9_000), `/${"p".repeat(999)}/${"p".repeat(9_000)}`);
    expect(cutFrom([huge, huge, huge, huge, huge, huge, huge, huge])).toEqual([
      ...Array(4).fill(complaint("å".repeat(1_000), `/${"p".repeat(999)}`)),
      marker(4, 8),
    ]);
  });

  it("cuts no character and no step of a pointer in two", () => {
    const huge = complaint(`x${"🚗".repeat(7_000)}`, `/data/${"p".repeat(1_000)}`);
    const [{ message, pointer }] = cutFrom([huge]) as [{ message: string; pointer: string }];
    expect([message.isWellFormed(), pointer]).toEqual([true, "/data"]);
  });

  it("keeps a single one where even two do not fit, and ends where nothing helps", () => {
    const widest = complaint("\u0001".repeat(1_000), "\u0001".repeat(1_000));
    expect(cutFrom([widest, widest])).toEqual([widest, marker(1, 2)]);
    const whole = { text: "x".repeat(room), errors: [] };
    expect(cutToSize(whole)).toEqual(whole);
  });

  it("marks no list that is empty, and cuts no list of anything else", () => {
    const rest = {
      warnings: [],
      numbers: [1, 2],
      lists: [[1]],
      nothing: [null],
      mixed: [{ message: "x" }, { code: "y" }],
    };
    const long = many(100, "x".repeat(600));
    expect(cutToSize({ ...rest, errors: long })).toMatchObject(rest);
  });
});
