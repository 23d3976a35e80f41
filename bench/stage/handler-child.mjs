// Loads one bundle as Lambda does and invokes its handler when told. Plain JavaScript, so that the process holds nothing
// beside what Node and the bundle bring. Figures: milliseconds of processor time (user and system, all threads).

import { createRequire } from "node:module";

const cpuMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
const context = {
  functionName: "webhook",
  functionVersion: "1",
  memoryLimitInMB: "512",
  awsRequestId: "8a2b7e2c-0000-4000-8000-000000000000",
  invokedFunctionArn: "arn:aws:lambda:eu-north-1:000000000000:function:webhook",
  getRemainingTimeInMillis: () => 10_000,
};

process.on("disconnect", () => process.exit());
console.log("Lambda's own runtime has opened the log and the clock before it loads a function.");
const beforeImport = cpuMs();
const { BUNDLE } = process.env;
// As Lambda's runtime does: it requires CommonJS.
const { handler } = BUNDLE.endsWith(".cjs") ? createRequire(import.meta.url)(BUNDLE) : await import(BUNDLE);
process.send({ importMs: cpuMs() - beforeImport });

process.on("message", async (events) => {
  const before = cpuMs();
  const answers = [];
  for (const event of events) {
    answers.push(await handler(event, context));
  }
  const spentMs = cpuMs() - before;
  const refused = answers.find(({ statusCode }) => statusCode !== 202);
  process.send({ spentMs, rssMb: process.memoryUsage.rss() / 1e6, refused: refused ?? null });
});
