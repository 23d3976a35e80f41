import { cutPointer } from "#shared/contracts/field-error.ts";

/** What an ad event may carry as data, in bytes of JSON: with the longest metadata it stays under 16 KiB. */
const mostBytes = 13 * 1024;
const longestMessage = 1_000;

type Complaint = { code: string; pointer: string | null; message: string };

/** Cuts the lists of complaints (`errors`, `warnings`) until the whole fits, and says so in a last entry, code `truncated`. */
export function cutToSize<T extends object>(whole: T): T {
  let most = 64;
  let cut = whole;
  while (Buffer.byteLength(JSON.stringify(cut)) > mostBytes && most >= 1) {
    cut = withAtMost(whole, most);
    most = Math.floor(most / 2);
  }
  return cut;
}

function withAtMost<T extends object>(whole: T, most: number): T {
  return Object.fromEntries(
    Object.entries(whole).map(([name, value]) => [name, isComplaints(value) ? cutList(value, most) : value]),
  ) as T;
}

function cutList(list: readonly Complaint[], most: number): Complaint[] {
  const kept = list.slice(0, most).map((complaint) => ({
    ...complaint,
    pointer: complaint.pointer === null ? null : cutPointer(complaint.pointer, longestMessage),
    message: complaint.message.slice(0, longestMessage).toWellFormed(),
  }));
  const marker = {
    code: "truncated",
    pointer: null,
    message: `Cut to fit: ${kept.length} of ${list.length} are here.`,
  };
  return list.length > 0 ? [...kept, marker] : kept;
}

function isComplaints(value: unknown): value is Complaint[] {
  return (
    Array.isArray(value) && value.every((entry) => typeof entry === "object" && entry !== null && "message" in entry)
  );
}
