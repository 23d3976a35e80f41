import { defineConfig } from "vitest/config";

const folder = (name: string, testTimeout: number) => ({
  test: { name, include: [`test/${name}/**/*.test.ts`], testTimeout, hookTimeout: testTimeout },
});

export default defineConfig({
  test: {
    // Most of the time goes by waiting for servers, not computing: more workers than cores pay.
    maxWorkers: 4,
    projects: [
      folder("unit", 20_000),
      folder("function", 20_000),
      folder("adapter", 15_000),
      folder("model", 60_000),
      folder("infra", 180_000),
      folder("e2e", 90_000),
    ],
  },
});
