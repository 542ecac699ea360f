export { factorRoutes } from './routes.ts';
export { factorReconcilers } from './sweepers.ts';
export type { FactorCtx } from './types.ts';
