import { setPriority } from 'node:os';

/** Far enough behind to matter when processors are scarce, near enough to starve nobody (nice 5). */
const behind = 5;

/**
 * Lets live audio go first: the process (default: this one) gets processor time after those of usual priority, and so
 * does whatever it starts from now on. Where the system does not allow it, nothing happens.
 */
export function standBack(pid = 0): void {
  try {
    setPriority(pid, behind);
  } catch {
    // Not ours to change: everything runs, only without precedence.
  }
}
