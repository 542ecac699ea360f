import type { AnswerOf } from '../api/client.ts';

export type Permission = AnswerOf<'GET /api/v1/permissions'>['permissions'][number];

export type Group = 'calls' | 'results' | 'secretary' | 'business' | 'people' | 'other';

/** Which permissions belong together, by what stands before the colon. */
const groups: Readonly<Record<Exclude<Group, 'other'>, readonly string[]>> = {
  calls: ['calls', 'transcripts', 'recordings', 'numbers'],
  results: ['leads', 'messages', 'appointments'],
  secretary: ['agents', 'lines'],
  business: ['organisation', 'keeping', 'erasures', 'holds'],
  people: ['team', 'keys', 'credentials', 'audit'],
};

/** The permissions as people think of them. One that is new stands under `other`. */
export function grouped(permissions: readonly Permission[]): readonly (readonly [Group, readonly Permission[]])[] {
  const groupOf = ({ permission }: Permission): Group => {
    const subject = permission.split(':')[0]!;
    const found = Object.entries(groups).find(([, subjects]) => subjects.includes(subject));
    return found ? (found[0] as Group) : 'other';
  };
  const order: readonly Group[] = ['calls', 'results', 'secretary', 'business', 'people', 'other'];
  const found = order.map((group) => [group, permissions.filter((one) => groupOf(one) === group)] as const);
  return found.filter(([, some]) => some.length > 0);
}
