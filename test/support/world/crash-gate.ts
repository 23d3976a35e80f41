/** The process died: nothing of it may act any more. */
export class Crash extends Error {
  override readonly name = "Crash";
}

/**
 * Lets a process die at one await. Each call through the gate has two places to die at: before it acts, and after it has
 * acted but before its answer is seen. `dieAt` counts both, from 1; after that every call dies before it acts, until
 * `revive` begins a new process.
 */
export class CrashGate {
  #passed = 0;
  #isDead = false;
  readonly #dieAt: number;

  constructor(dieAt = Number.POSITIVE_INFINITY) {
    this.#dieAt = dieAt;
  }

  get passed(): number {
    return this.#passed;
  }

  revive(): void {
    this.#isDead = false;
  }

  /** The same object, with every method that returns a promise going through the gate. */
  guard<T extends object>(port: T): T {
    return new Proxy(port, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        return typeof member === "function"
          ? (...parameters: unknown[]) => this.#call(() => member.apply(target, parameters))
          : member;
      },
    });
  }

  #call(act: () => unknown): unknown {
    try {
      this.#step();
    } catch (crash) {
      // As a port does: a call that is one of several at once must not leave the others behind, rejected and unheard.
      return Promise.reject(crash);
    }
    const result = act();
    return result instanceof Promise
      ? result.then((value: unknown) => {
          this.#step();
          return value;
        })
      : result;
  }

  #step(): void {
    if (!this.#isDead) {
      this.#passed += 1;
      this.#isDead = this.#passed === this.#dieAt;
    }
    if (this.#isDead) {
      throw new Crash(`at await ${this.#dieAt}`);
    }
  }
}
