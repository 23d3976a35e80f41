import type { DryRunAnswers, ItemAnswer, ItemAnswers } from "#shared/contracts/answers.ts";
import type { HttpAnswer } from "#shared/lambda/http-handler.ts";
import { problems } from "./problems.ts";
import { dealerNotAllowed, type Verdict } from "./validate-event.ts";

export type Judged = { id: string; verdict: Verdict };

/** Throws the ProblemError, if any, that keeps the whole request out of the queue. */
export function refuse(judged: readonly Judged[], isStrict: boolean): void {
  const rejected = judged.filter(({ verdict }) => verdict.kind === "rejected");
  if (judged.length > 0 && judged.every(isForOthersDealer)) {
    throw problems.dealersNotAllowed(itemsOf(judged, "valid"));
  }
  if (isStrict && rejected.length > 0) {
    throw problems.invalidItems(itemsOf(judged, "valid"));
  }
}

export type Asked = { isStrict: boolean; isDryRun: boolean };

/** Unless it was a dry run, to be said only once every message is durable. */
export function answer(judged: readonly Judged[], { isStrict, isDryRun }: Asked): HttpAnswer {
  const result = isDryRun
    ? { status: 200, body: { dryRun: true, items: itemsOf(judged, "valid") } satisfies DryRunAnswers }
    : { status: 202, body: { items: itemsOf(judged, "queued") } satisfies ItemAnswers };
  return { ...result, ...(isStrict ? { headers: { "preference-applied": "handling=strict" } } : {}) };
}

function itemsOf(judged: readonly Judged[], whenValid: "queued" | "valid"): ItemAnswer[] {
  return judged.map(({ id, verdict }) => {
    if (verdict.kind === "rejected") {
      return { id, status: "rejected", errors: verdict.errors };
    }
    // A webhook's answer is read by a machine that only asks whether to send again; a person reads the receipt.
    const warnings = whenValid === "valid" ? verdict.warnings : [];
    return { id, status: whenValid, ...(warnings.length > 0 && { warnings }) };
  });
}

function isForOthersDealer({ verdict }: Judged): boolean {
  return verdict.kind === "rejected" && verdict.errors.some(({ code }) => code === dealerNotAllowed);
}
