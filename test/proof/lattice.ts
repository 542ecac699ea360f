import { permissions, type Permission } from '#access';
import { atTheDoor, inside } from './expected.ts';
import { keyHolder, type Persona } from './persona.ts';
import type { Stage } from './stage.ts';
import { eachRoute, expect, namesOf, request, tried, type Target } from './trial.ts';

/** A key for each scope, with that scope alone. */
export async function singleKeys(stage: Stage): Promise<ReadonlyMap<Permission, Persona>> {
  const made = new Map<Permission, Persona>();
  for (const scope of permissions) made.set(scope, await keyHolder(stage.ctx, stage.ours, [scope]));
  return made;
}

/**
 * Asks every route with every single scope. It is let through by the scope that it declares and by no other; what a
 * handler asks of who is through, beyond that, is that nobody gives what they do not have.
 */
export async function latticeMistakes(stage: Stage, target: Target): Promise<string[]> {
  const keys = await singleKeys(stage);
  const routes = target.routes.filter(({ may }) => typeof may === 'object');
  return eachRoute(stage, { ...target, routes }, async (trial) => {
    const { may } = trial.route;
    const { owner } = stage.personas;
    const shared = await namesOf(trial, { as: owner, where: 'ours' });
    for (const [scope, as] of keys) {
      const isDue = typeof may === 'object' && 'scope' in may && may.scope === scope;
      const names = isDue ? await namesOf(trial, { as: owner, where: 'ours' }) : shared;
      const refusal = typeof may === 'object' && 'session' in may ? 'session-needed' : 'key-lacks-scope';
      const door = isDue ? atTheDoor(may, as) : refusal;
      expect(trial, await tried(trial, as, request(trial, names)), door === 'through' ? inside(trial.one, as) : door);
    }
  });
}

/** Permissions that guard nothing: no route asks for them, and no field is absent without them. */
export function idlePermissions({ routes }: Pick<Target, 'routes'>): Permission[] {
  const asked = new Set(routes.map(({ may }) => (typeof may === 'object' && 'scope' in may ? may.scope : undefined)));
  const fields = JSON.stringify(routes.map(({ output }) => output));
  return permissions.filter((one) => !asked.has(one) && !fields.includes(`Absent without ${one}.`));
}
