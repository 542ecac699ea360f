import { setPriority } from 'node:os';
import { setFlagsFromString } from 'node:v8';

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

/**
 * Has this process collect all of its heap once it has grown by a fifth. Left alone, V8 lets a heap that grows slowly
 * double and more first, and what lies unused in it holds buffers outside of it as well. For a process that has many
 * calls and little of each; to be called before there is much to keep.
 */
export function collectSooner(): void {
  setFlagsFromString('--heap-growing-percent=20');
}
