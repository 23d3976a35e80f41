import { describe, expect, it } from "vitest";
import { car, second, startLife } from "./ad-life.ts";

describe("a listing id that is looked up", () => {
  it("is looked up again ten seconds after a read that proves nothing", () => {
    const life = startLife();
    life.want("2", car(), { listingIds: "item-id" });
    expect(life.step().kind).toBe("read");
    life.readBack({ kind: "unlisted" });
    life.wait(10 * second - 1);
    expect(life.step().kind).toBe("none");
    life.wait(1);
    expect(life.step().kind).toBe("read");
    life.readBack({ kind: "absent", taken: false });
    expect(life.phase()).toBe("ready");
  });
});
