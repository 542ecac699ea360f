import { Box, Button, Group, Text, ThemeIcon, Title } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { AnswerOf } from '../../api/client.ts';
import { useMe } from '../../api/me.ts';
import { pageRoutes } from '../../routes.ts';
import { useWords } from '../../words/use-words.ts';

type Step = AnswerOf<'GET /api/v1/setup'>['steps'][number];

/** Where each step is taken, on which page, and what one must be allowed to take it. */
const places: {
  readonly [step in Step['step']]: { readonly to: string; readonly page: string; readonly may?: string };
} = {
  'call': { to: '/call', page: 'call', may: 'calls:try' },
  'carrier': { to: '/connections?connect=twilio', page: 'connections', may: 'credentials:write' },
  'model': { to: '/connections?connect=openai', page: 'connections', may: 'credentials:write' },
  'number': { to: '/connections', page: 'connections', may: 'lines:write' },
  'team': { to: '/team', page: 'team', may: 'team:write' },
  'second-factor': { to: '/account', page: 'account' },
};

type Props = { readonly step: Step; readonly isNext: boolean; readonly isFirst: boolean };

/** One step: what it is for, how it stands and why, and the way there. */
export function StepRow({ step, isNext, isFirst }: Props) {
  const say = useWords('setup');
  const { title, about } = say.steps[step.step];
  return (
    <Box
      component="li"
      p={{ base: 'md', sm: 'lg' }}
      style={isFirst ? undefined : { borderBlockStart: '1px solid var(--sotto-line)' }}
      aria-current={isNext ? 'step' : undefined}
    >
      <Group wrap="nowrap" align="flex-start" gap="md">
        <Mark done={step.done} />
        <Group justify="space-between" gap="sm" flex={1} miw={0}>
          <Box flex="1 1 260px" miw={0}>
            <Title order={2} fz={16} c={step.done ? 'dimmed' : 'var(--mantine-color-text)'}>
              {title}
            </Title>
            {!step.done && (
              <Text size="sm" c="dimmed" mt={2}>
                {about}
              </Text>
            )}
            <Text size="sm" mt={2} fw={step.done ? undefined : 550}>
              {say.why[step.why]}
            </Text>
          </Box>
          {!step.done && <Way step={step} isNext={isNext} />}
        </Group>
      </Group>
    </Box>
  );
}

function Mark({ done }: { readonly done: boolean }) {
  const say = useWords('setup');
  return (
    <>
      <span className="aloud">{done ? say.done : say.due}</span>
      {done ? (
        <ThemeIcon radius="xl" size={26} aria-hidden>
          <IconCheck size={16} stroke={2.4} />
        </ThemeIcon>
      ) : (
        <Box w={26} h={26} bdrs="50%" bd="2px dashed var(--mantine-color-dimmed)" flex="none" aria-hidden />
      )}
    </>
  );
}

function Way({ step: { step, why }, isNext }: Omit<Props, 'isFirst'>) {
  const say = useWords('setup');
  const { grants } = useMe();
  const { to, page, may } = places[step];
  const route = pageRoutes.find((one) => one.page === page);
  if (!route || (may !== undefined && grants[may] === undefined)) return null;
  const go = say.goOn[why] ?? say.steps[step].go;
  const look = { size: 'sm', variant: isNext ? 'filled' : 'default' } as const;
  if (route.opens) {
    return (
      <Button {...look} component="a" href={to}>
        {go}
      </Button>
    );
  }
  const [path = '/', search] = to.split('?');
  return (
    <Button {...look} component={Link} {...linkTo(path, search)}>
      {go}
    </Button>
  );
}

/** The router knows its paths by their types; these are data. */
function linkTo(to: string, search: string | undefined): object {
  return { to, search: Object.fromEntries(new URLSearchParams(search)) };
}
