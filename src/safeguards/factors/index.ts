export { providersOf, signInProcessors, signInProcessorsIn } from './outside/providers.ts';
export { passkeyPlace } from './relying-party.ts';
export { factorsIn, type FactorCounts } from './factors.ts';
export { factorRoutes } from './routes.ts';
export { factorReconcilers } from './sweepers.ts';
export type { FactorCtx } from './types.ts';
