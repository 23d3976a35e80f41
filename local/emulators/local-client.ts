/** The region of everything local; a name without meaning, but the same one everywhere. */
const localRegion = "eu-north-1";

/** What an SDK client needs to talk to an emulator: its address, and keys that nobody checks. */
export function localClient(endpoint: string) {
  return {
    endpoint,
    region: process.env.AWS_REGION ?? localRegion,
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  };
}
