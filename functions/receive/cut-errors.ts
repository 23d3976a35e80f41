import { cutPointer, type FieldError } from "#shared/contracts/field-error.ts";

const most = 20;
const longest = 300;

/** Bounds what one event's errors may take up: they travel in an answer, a queue message and an ad event. */
export function cutErrors(errors: readonly FieldError[]): FieldError[] {
  const kept = errors.slice(0, most).map(({ pointer, code, message }) => ({
    pointer: cutPointer(pointer, longest),
    code,
    message: cut(message),
  }));
  const left = errors.length - kept.length;
  return left === 0
    ? kept
    : [...kept, { pointer: "", code: "more-errors", message: `${left} more errors are left out.` }];
}

function cut(text: string): string {
  return text.length <= longest ? text : `${text.slice(0, longest).toWellFormed()}…`;
}
