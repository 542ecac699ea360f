export { limitSweeper, openAdmit } from './admit.ts';
export { openBoard, type Board, type BoardReader, type News } from './board.ts';
export { proveClasses } from './classes.ts';
export { prepareDatabase, startDatabase, tenantKey, type Database, type DatabaseOptions } from './database.ts';
export { startEmbedded, type Embedded, type EmbeddedOptions } from './embedded.ts';
export { proveFunctions } from './functions.ts';
export { migrationsHash } from './migrate.ts';
export { proveIsolation, type Findings } from './prover.ts';
export { admitRoles, connectionOf, type Derive } from './roles.ts';
