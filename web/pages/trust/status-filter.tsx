import { Chip, Group, ScrollArea } from '@mantine/core';
import type { Promises } from '../../api/promises.ts';
import { useLocale, useWords } from '../../words/use-words.ts';

type Props = {
  readonly claims: Promises['claims'];
  readonly value: string | undefined;
  readonly onChange: (status: string | undefined) => void;
};

/** Shows the promises of one status alone; each says how many there are. Statuses that none has are absent. */
export function StatusFilter({ claims, value, onChange }: Props) {
  const say = useWords('trust');
  const locale = useLocale();
  const order = ['failing', 'overdue', 'attestation-expired', 'unknown', 'not-exercised'];
  const found = [...new Set([...claims.map(({ status }) => status), ...(value === undefined ? [] : [value])])];
  const sorted = found
    .toSorted((a, b) => place(order, a) - place(order, b))
    .map((status) => [status, claims.filter((claim) => claim.status === status).length] as const);
  return (
    <ScrollArea type="never">
      <Chip.Group value={value ?? 'all'} onChange={(next) => onChange(next === 'all' ? undefined : next)}>
        <Group component="fieldset" gap={6} wrap="nowrap" bd={0} p={0} m={0} aria-label={say.filter}>
          <Chip value="all" variant="light" size="sm">
            {say.all} {claims.length.toLocaleString(locale)}
          </Chip>
          {sorted.map(([status, number]) => (
            <Chip key={status} value={status} variant="light" size="sm">
              {say.statuses[status]?.name ?? status} {number.toLocaleString(locale)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </ScrollArea>
  );
}

function place(order: readonly string[], status: string): number {
  const at = order.indexOf(status);
  return at === -1 ? order.length : at;
}
