import { makeSecretsManagerClient } from "#shared/aws/aws-clients.ts";
import { secretStore } from "#shared/aws/secret-store.ts";
import { sourcesSecretSchema } from "#shared/contracts/secrets.ts";
import type { DoorDependencies } from "#shared/door/admit.ts";
import { rateLimit } from "#shared/door/rate-limit.ts";
import type { EventLogger } from "#shared/lambda/logger.ts";

/** What `receive` and `status` let a source in by, made once per container; `sourcesSecret` is the secret's name. */
export function doorAdapters(sourcesSecret: string, logger: EventLogger): DoorDependencies {
  const now = () => Date.now();
  return {
    sources: secretStore({
      client: makeSecretsManagerClient(),
      secretId: sourcesSecret,
      schema: sourcesSecretSchema,
      now,
      onFailure: (fault) => logger.warn("secret.not-read", fault, {}),
    }),
    rateLimit: rateLimit(now),
    now,
  };
}
