import type { Mutation, Played, Version } from '../mutations/mutation.ts';

/** What a child is asked: the mutations of some claims, or to play the one at that place of the claim's file. */
export type Task =
  | { readonly list: readonly string[] }
  | { readonly claim: string; readonly at: number; readonly version: Version };

/** A mutation without its play. */
export type Told = Pick<Mutation, 'breaks' | 'found' | 'isQuick' | 'edits'> & {
  readonly claim: string;
  readonly at: number;
};

/** A claim whose file cannot be read, and why. */
export type Unread = { readonly claim: string; readonly why: string };

export type Answer =
  | { readonly listed: readonly (Told | Unread)[] }
  | { readonly played: Played }
  | { readonly error: string };
