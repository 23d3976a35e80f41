import type { Mutant } from "./mutant.ts";

/** The rules that everything rests on, each taken out. The model tests must notice every one of them. */
export const namedMutants: readonly Mutant[] = [
  {
    name: "the intent is stored before the call",
    edits: [
      {
        file: "functions/submit/submit.ts",
        find: "    return { ad: planned.ad, result: { ...planned, foreignRequests",
        replace:
          "    return { ad: planned.ad, result: { ...planned, made: await performAction(ports, planned), foreignRequests",
      },
      {
        file: "functions/submit/submit.ts",
        find: "    step = await performAction(ports, result);",
        replace: "    step = result.made;",
      },
    ],
  },
  {
    name: "the lease of an attempt",
    edits: [
      {
        file: "shared/ad/pass-time.ts",
        find: 'phase.kind === "calling" && phase.callUntil + waits.doubtGraceMs <= now',
        replace: 'phase.kind === "calling"',
      },
    ],
  },
  {
    name: "a log must be unchanged before silence settles",
    edits: [
      {
        file: "shared/ad/outcome.ts",
        find: "return context.now - listing.unchangedSince >= context.waits.unchangedMs;",
        replace: "return true;",
      },
    ],
  },
  {
    name: "a request seen before the intent is not its own",
    edits: [{ file: "shared/ad/requests.ts", find: "number < request.seenBefore && ", replace: "" }],
  },
  {
    name: "what is not ours is stored when it is first read",
    edits: [{ file: "functions/poll/take-reads.ts", find: " || hasStrange(known, listing, before))", replace: ")" }],
  },
  {
    name: "what cannot be read of one listing pauses nobody",
    edits: [
      {
        file: "shared/blocket/read-many.ts",
        find: '  if (listed.unreadable.has(call.listingId)) {\n    return failRead("unreadable row", "listing");',
        replace: '  if (listed.unreadable.has(call.listingId)) {\n    return failRead("unreadable row", "other");',
      },
    ],
  },
  {
    name: "after a list of several failed, fewer are asked for",
    edits: [
      {
        file: "functions/poll/ads-per-read.ts",
        find: "return failedTogether > few ? few : 1;",
        replace: "return adsPerRead;",
      },
    ],
  },
  {
    name: "a request's root action fits the call",
    edits: [
      {
        file: "shared/ad/requests.ts",
        find: " && roots.includes(request.root.action as RootAction)",
        replace: "",
      },
    ],
  },
  {
    name: "the outbox is cleared after the telling",
    edits: [
      {
        file: "shared/steps/empty-outbox.ts",
        find: `    for (const row of outbox) {
      await keep(ports, ad.key, row);
    }
`,
        replace: `    await changeAd(ports, ad.key, async (current) => ({ ad: clearTold(current, outbox), result: null }));
    for (const row of outbox) {
      await keep(ports, ad.key, row);
    }
`,
      },
    ],
  },
  {
    name: "an ad is stored only over the version it was read as",
    edits: [
      {
        file: "shared/aws/ad-item.ts",
        find: 'return isUnchanged("version", version);',
        replace: 'return { expression: "attribute_not_exists(#pk) OR attribute_exists(#pk)", names: { "#pk": "pk" } };',
      },
    ],
  },
  {
    name: "a round runs only under its own number",
    edits: [
      { file: "functions/poll/run-round.ts", find: "if (chain?.round !== round) {", replace: "if (chain === null) {" },
      {
        file: "functions/poll/run-round.ts",
        find: "round: round + 1,",
        replace: "round: chain.round + 1,",
      },
      {
        file: "functions/poll/run-round.ts",
        find: "(await chains.save(claimed, round))",
        replace: "(await chains.save(claimed, chain.round))",
      },
    ],
  },
  {
    name: "a charged call in doubt is not made again",
    edits: [{ file: "shared/ad/plan.ts", find: 'return purpose !== "charge";', replace: "return true;" }],
  },
];
