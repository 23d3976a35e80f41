import type { ReadCall } from "#shared/ad/marketplace.ts";
import type { AdReader } from "./ad-reader.ts";
import { parseAdRow } from "./ad-row.ts";
import { parsePage } from "./page.ts";
import { dealerPath } from "./paths.ts";

/** Whether a list of the dealer's ads has another one than this listing. `false` where there is none, or no readable list. */
export async function showsOthers(reader: AdReader, { dealerCode, listingId }: ReadCall): Promise<boolean> {
  const reading = await reader(dealerPath(dealerCode));
  const page = reading.kind === "value" ? parsePage(reading.value) : null;
  const rows = page?.items.map((item) => parseAdRow(item)?.row) ?? [];
  return rows.some((row) => row?.dealerCode === dealerCode && row.listingId !== listingId);
}
