import { askAws } from "../shared/aws/ask-aws.js";
import { isNew, isStill, putIf, readItem } from "../shared/aws/conditional-put.js";
const dayMs = 24 * 60 * 60 * 1e3;
function dynamoHeardAds({
  client,
  tableName,
  listener,
  keepDays = 400,
  now = Date.now
}) {
  const keyOf = (ad) => ({ pk: { S: ad }, sk: { S: listener } });
  return {
    async load(ad) {
      const item = await readItem({ client, tableName }, keyOf(ad));
      return item === void 0 ? null : JSON.parse(item.heard?.S ?? "");
    },
    async save(ad, heard) {
      const next = { ...heard, revision: heard.revision + 1 };
      const item = {
        ...keyOf(ad),
        revision: { N: String(next.revision) },
        heard: { S: JSON.stringify(next) },
        expiresAt: { N: String(Math.ceil((now() + keepDays * dayMs) / 1e3)) }
      };
      const condition = heard.revision === 0 ? isNew() : isStill("revision", heard.revision);
      return askAws("remember an ad event", () => putIf({ client, tableName }, { item, condition }));
    }
  };
}
export {
  dynamoHeardAds
};
