import { controlInventory, type Inventory } from '../control-inventory.ts';
import { frameworkStates, type FrameworkStates } from '../framework-state.ts';
import { controlsBody } from './controls-body.ts';
import { controlWords } from './controls-words.ts';
import { frameworkList, inventory, permissionMatrix, sayingsOf } from './framework-shape.ts';
import { frameworksBody } from './frameworks-body.ts';
import { frameworkWords } from './frameworks-words.ts';
import { permissionsBody, permissionState, type PermissionState } from './permissions-body.ts';
import { permissionWords } from './permissions-words.ts';
import { everywhere, trustPage } from './trust-page.ts';

/** Where each law and standard stands. */
export const frameworksPage = trustPage<FrameworkStates>({
  path: '/trust/frameworks',
  field: 'frameworks',
  title: everywhere(frameworkWords, ({ title }) => title),
  intro: everywhere(frameworkWords, ({ intro }) => intro),
  short: everywhere(frameworkWords, ({ short }) => short),
  async load(ctx) {
    const { at, frameworks } = await frameworkStates(ctx);
    return { at, frameworks };
  },
  body: frameworksBody,
  json: (state) => ({ ...state, ...sayingsOf(state.frameworks) }),
  schema: frameworkList,
});

/** Every control with its claims, their evidence, and what rests on it. */
export const controlsPage = trustPage<Inventory>({
  path: '/trust/controls',
  field: 'controls',
  title: everywhere(controlWords, ({ title }) => title),
  intro: everywhere(controlWords, ({ intro }) => intro),
  short: everywhere(controlWords, ({ short }) => short),
  load: controlInventory,
  body: controlsBody,
  schema: inventory,
});

/** The table that guards. */
export const permissionsPage = trustPage<PermissionState>({
  path: '/trust/permissions',
  field: 'permissions',
  title: everywhere(permissionWords, ({ title }) => title),
  intro: everywhere(permissionWords, ({ intro }) => intro),
  short: everywhere(permissionWords, ({ short }) => short),
  load: () => Promise.resolve(permissionState()),
  body: permissionsBody,
  schema: permissionMatrix,
});
