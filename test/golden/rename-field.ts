import { packAdText, unpackAdText } from "#shared/aws/ad-text.ts";
import { formatRows, parseRows } from "./stored-rows.ts";

/** The rows of a version as they would be if a field had another name in them: in plain JSON and in ads' packed texts. */
export function renameField(rows: string, name: string, other: string): string {
  const inPlain = rows.replaceAll(`\\"${name}\\"`, `\\"${other}\\"`).replaceAll(`"${name}":`, `"${other}":`);
  const renamed = parseRows(inPlain).map(({ ad, ...row }) => {
    const packed = ad?.B;
    if (packed === undefined) {
      return ad === undefined ? row : { ...row, ad };
    }
    return { ...row, ad: { B: packAdText(unpackAdText(packed).replaceAll(`"${name}":`, `"${other}":`)) } };
  });
  return formatRows(renamed);
}
