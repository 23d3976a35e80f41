/** The blocks of a document that quote a night: between `<!-- night: NAME/BLOCK -->` and `<!-- end -->`, fenced. */
const quoted = /<!-- night: ([\w-]+)\/([\w-]+) -->\n```\n([\s\S]*?)\n```\n<!-- end -->/g;

/** What a document quotes of one night, by block. */
export function readBlocks(document: string, night: string): Map<string, string> {
  const found = [...document.matchAll(quoted)].filter(([, name]) => name === night);
  return new Map(found.map(([, , block = "", text = ""]) => [block, text]));
}

/** The document with its quotes of one night replaced. Throws when it does not quote exactly these blocks. */
export function writeBlocks(document: string, night: string, blocks: ReadonlyMap<string, string>): string {
  const known = [...readBlocks(document, night).keys()].sort().join(", ");
  const given = [...blocks.keys()].sort().join(", ");
  if (known !== given) {
    throw new Error(`the document quotes of ${night}: ${known || "nothing"}; it is to quote: ${given}`);
  }
  return document.replace(quoted, (whole, name: string, block: string) =>
    name === night ? `<!-- night: ${name}/${block} -->\n\`\`\`\n${blocks.get(block)}\n\`\`\`\n<!-- end -->` : whole,
  );
}

const changing: readonly [RegExp, string][] = [
  [/\bat once {17}/g, "<time>"],
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, "<time>"],
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, "<id>"],
  [/\b\d+ attempts?\b/g, "<attempts>"],
  [/"(OldestOpenSubmission|OldestRemoval|durationMs|LanesClosed|BusFailures)":\d+/g, '"$1":<number>'],
];

/** The text without what is another at each playing: times, ids, and counts of tries. */
export function shapeOf(text: string): string {
  return changing.reduce((shape, [form, name]) => shape.replace(form, name), text);
}

/** What is wrong with the quotes of a night, in sentences: another shape, another block, an alarm without its paragraph. */
export function checkBlocks(
  document: string,
  { name, alarms, blocks }: { name: string; alarms: readonly string[]; blocks: ReadonlyMap<string, string> },
): string[] {
  const quotes = readBlocks(document, name);
  const names = [...new Set([...quotes.keys(), ...blocks.keys()])];
  const differing = names.filter((block) => shapeOf(quotes.get(block) ?? "") !== shapeOf(blocks.get(block) ?? ""));
  const without = alarms.filter((alarm) => !document.includes(`\n### ${alarm}\n`));
  return [
    ...differing.map(
      (block) => `${name}/${block} looks otherwise than it is quoted:\n${quotes.get(block) ?? "not at all"}`,
    ),
    ...without.map((alarm) => `the alarm "${alarm}" has no paragraph`),
  ];
}
