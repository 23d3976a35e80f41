import type { Phase, Submission } from "#shared/ad/ad.ts";
import { enter, happen, type Input } from "./input.ts";
import { begin, type PhaseOf, type Subject } from "./subject.ts";

/** What is expected of a cell; `same` where nothing changes. */
export type Cells<S extends Subject> = Record<PhaseOf<S>, Record<Input, string>>;

/** From one phase of a submission to the next, or to itself where something of the phase changed. */
export type Transition = `${Phase["kind"]} --> ${Phase["kind"] | "settled"}`;

/**
 * What becomes of a submission in a phase when this happens, one after the other: its phase then, or `ended`; where it became another call, that;
 * whether it was overtaken; what was told and which receipts were given; and, where time passed or an event came, what is to
 * be done then. With it the transitions on the way.
 */
export function play(
  subject: Subject,
  phase: Phase["kind"],
  ...inputs: Input[]
): { outcome: string; transitions: Transition[] } {
  const begun = begin(subject);
  const { life, number } = begun;
  const current = () => life.ad().submissions.find((submission) => submission.number === number);
  const transitions: Transition[] = [];
  let last = current();
  const passed = () => {
    const next = current();
    if (last !== undefined && JSON.stringify(last.phase) !== JSON.stringify(next?.phase)) {
      transitions.push(`${last.phase.kind} --> ${next?.phase.kind ?? "settled"}`);
    }
    last = next;
  };
  const call = last?.call;
  enter[phase](begun, passed);
  passed();
  life.forgetTold();
  const then = inputs.flatMap((input) => {
    const next = happen(begun, input, passed);
    passed();
    return next;
  });
  const after = current();
  const words = [...describe(after, call), ...life.tellings(), ...life.receipts(), ...then];
  return { outcome: words.join() === phase ? "same" : words.join(", "), transitions };
}

function describe(after: Submission | undefined, call: Submission["call"] | undefined): string[] {
  if (after === undefined) {
    return ["ended"];
  }
  return [after.phase.kind, ...(after.call === call ? [] : [after.call]), ...(after.overtaken ? ["overtaken"] : [])];
}
