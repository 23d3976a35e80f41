import { describe, expect, it } from "vitest";
import { accepted, boat, inDoubt, log, minute, published, startLife } from "./ad-life.ts";
import { short } from "./in-phase.ts";

describe("a DELETE that finds nothing", () => {
  it.each<[string, string[], string]>([
    ["DELETE that ended in doubt may be at it", ["r2 delete processing @100", "r2 delete done @101"], "refused-check"],
    ["other write ended in doubt", [], "ended"],
  ])("on a DELETE, where a former %s: %3$s", (_name, lines, expected) => {
    const life = startLife();
    life.publish("1", boat());
    lines.length > 0 ? life.remove("2") : life.want("2", boat("Another text."));
    life.step();
    life.reply(inDoubt);
    const before = [...published(), ...(lines.length > 0 ? log(...lines) : published("r2", "update", 100))];
    life.observeAtRest(before, lines.length > 0 ? { state: "deleted" } : {});
    life.want("3", boat("A third text."));
    life.step();
    life.reply(accepted);
    life.observeAtRest([...before, ...published("r3", "update", 200)]);
    expect(life.ad().submissions).toEqual([]);
    life.remove("4");
    expect(short(life.step())).toBe("delete");
    life.reply({ kind: "not-found" });
    expect(life.phase() ?? "ended").toBe(expected);
  });

  it("on a DELETE leaves nothing to be watched for but what it overtook", () => {
    const life = startLife();
    life.want("1");
    life.step();
    life.reply(inDoubt);
    life.remove("2");
    life.wait(minute);
    life.step();
    life.reply({ kind: "not-found" });
    expect(life.ad().listings).toMatchObject([{ past: [{ number: 1 }] }]);
    expect(life.ad().listings[0]?.past).toHaveLength(1);
  });
});
