import type { Cost, Part } from './process-cost.ts';
import type { Leg } from './talk.ts';

/** What a run is made of, from the command line. */
export type Load = {
  readonly calls: number;
  readonly seconds: number;
  readonly rounds: number;
  /** Whether the product records the calls. */
  readonly record: boolean;
  /** File that gets the product's log. */
  readonly log: string | undefined;
  /** Folder that gets a CPU profile of each process of a target. */
  readonly profile: string | undefined;
};

/** A bridge between carrier and model, as it is put under load. */
export type Target = {
  readonly name: string;
  /** Starts it, connected to the model at that loopback port. */
  start(modelPort: number, load: Load): Promise<Bridge>;
};

/** What makes a Node process write a CPU profile when it ends. */
export function profiling({ profile }: Pick<Load, 'profile'>): readonly string[] {
  return profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`];
}

/** A bridge that runs. */
export type Bridge = {
  /** Lets a call ring: where its media stream is to be opened, and as whom. */
  ring(number: number): Promise<Leg>;
  /** Tells it that the call is over, as carriers do. */
  hangUp(leg: Leg): Promise<void>;
  /** What it has cost so far, by its parts. */
  costs(): Promise<Readonly<Record<Part, Cost>>>;
  stop(): Promise<void>;
};
