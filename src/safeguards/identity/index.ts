export type { FirstFactor, IdentityCtx, NewSession, SignInState } from './types.ts';
