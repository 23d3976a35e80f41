const passage = /<!-- bench:([a-z0-9.-]+) -->[\s\S]*?<!-- \/bench -->/g;

/**
 * Replaces what lies between `<!-- bench:NAME -->` and `<!-- /bench -->` by the text of that name; one line stays on its line.
 * A name that there is no text for is an error: what it stood for is no longer measured.
 */
export function fillMarkers(document: string, texts: ReadonlyMap<string, string>, file: string): string {
  return document.replaceAll(passage, (_, name: string) => {
    const text = texts.get(name);
    if (text === undefined) {
      throw new Error(`${file} quotes ${name}, which no result has`);
    }
    const isBlock = text.includes("\n");
    return `<!-- bench:${name} -->${isBlock ? `\n\n${text}\n\n` : text}<!-- /bench -->`;
  });
}
