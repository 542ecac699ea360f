import { Badge } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconHelpCircle,
  IconMinus,
} from '@tabler/icons-react';
import type { Claim } from '../../api/promises.ts';
import { useWords } from '../../words/use-words.ts';

type Status = Claim['status'];

const looks = {
  'proven': { icon: IconCircleCheck, color: 'sotto' },
  'attested': { icon: IconCircleCheck, color: 'sotto' },
  'in-force': { icon: IconCircleCheck, color: 'sotto' },
  'failing': { icon: IconCircleX, color: 'red' },
  'overdue': { icon: IconAlertTriangle, color: 'red' },
  'attestation-expired': { icon: IconAlertTriangle, color: 'red' },
  'unknown': { icon: IconHelpCircle, color: 'yellow' },
  'not-exercised': { icon: IconCircleDashed, color: 'gray' },
  'roadmap': { icon: IconCircleDashed, color: 'gray' },
  'not-claimed': { icon: IconMinus, color: 'gray' },
} as const satisfies Record<Status, unknown>;

/** A status in a word, a sign and a colour, so that it needs none of them alone. */
export function StatusMark({ status }: { readonly status: Status }) {
  const { statuses: say } = useWords('trust');
  const { icon: Icon, color } = looks[status];
  const isBroken = color === 'red';
  return (
    <Badge
      variant={isBroken ? 'filled' : color === 'gray' ? 'default' : 'light'}
      color={isBroken ? 'red.9' : color}
      radius="sm"
      tt="none"
      fw={600}
      leftSection={<Icon size={14} stroke={2} aria-hidden />}
    >
      {say[status]?.name ?? status}
    </Badge>
  );
}
