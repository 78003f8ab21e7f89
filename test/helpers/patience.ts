// How long a test waits for what it expects. Generous, since a machine may be busy with much else: what is asserted is what comes, not when.
export const patienceMs = 150_000;

/** Of `vi.waitFor`, whose own second is too short. */
export const patiently = { timeout: patienceMs, interval: 20 };
