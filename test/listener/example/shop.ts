import type { Gap, Handle } from "blocket-bridge/listener";

/** A dealer's own web shop, which shows beside each car where it is at Blocket. Stands in for its database. */
export const links = new Map<string, string>();

/** What a person is told of: refused ads, and facts that have not come. */
export const notes: string[] = [];

export const AdPublished: Handle<"AdPublished"> = ({ metadata, data }, { isCurrent }) => {
  if (isCurrent && data.blocketAdId !== null) {
    links.set(`${metadata.dealerCode}/${metadata.itemId}`, `https://www.blocket.se/${data.blocketAdId}`);
  }
};

export const AdDeleted: Handle<"AdDeleted"> = ({ metadata }, { isCurrent }) => {
  if (isCurrent) {
    links.delete(`${metadata.dealerCode}/${metadata.itemId}`);
  }
};

export const AdErrored: Handle<"AdErrored"> = ({ metadata, data }) => {
  const [first] = data.errors;
  notes.push(`${metadata.itemId}: ${first?.pointer ?? data.stage} ${first?.message ?? ""}`);
};

export const onGap = ({ itemId, missing }: Gap): void => {
  notes.push(`${itemId}: ${missing.join(", ")} missing`);
};
