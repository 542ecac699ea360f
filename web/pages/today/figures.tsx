import { Text, UnstyledButton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useZone } from '../../api/me.ts';
import { LiveDot } from '../../parts/live-dot.tsx';
import { dayOf } from '../../parts/zone.ts';
import { useLocale, useWords } from '../../words/use-words.ts';
import { counted, type Day } from './day.ts';
import classes from './today.module.css';

/** Four figures, each the way to what it counts. What somebody may not see is absent. */
export function Figures({ day }: { readonly day: Day }) {
  const say = useWords('today');
  const locale = useLocale();
  const { calls, messages, newLeads, medianWaitMs } = day;
  const today = dayOf(day.startedAt, useZone());
  return (
    <div className={classes['figures']}>
      <Figure
        to="/calls"
        search={calls.live > 0 ? { state: 'live' } : { since: today }}
        label={say.calls}
        value={counted(calls.answered, locale, 'calls')}
        about={calls.live > 0 ? <Live text={say.liveNow(calls.live)} /> : say.noneLive}
      />
      {messages && (
        <Figure
          to="/messages"
          search={messages.urgent > 0 ? { show: 'urgent' } : {}}
          label={say.waiting}
          value={counted(messages.open, locale, 'waiting')}
          about={aboutMessages(messages, say)}
          isUrgent={messages.urgent > 0}
        />
      )}
      {newLeads !== undefined && (
        <Figure
          to="/leads"
          search={{ status: 'new' }}
          label={say.leads}
          value={counted(newLeads, locale, 'waiting')}
          about={newLeads === 0 ? say.leadsNone : say.leadsAbout}
        />
      )}
      <Figure
        label={say.wait}
        value={
          medianWaitMs === null
            ? '–'
            : say.seconds((medianWaitMs / 1000).toLocaleString(locale, { maximumFractionDigits: 2 }))
        }
        about={medianWaitMs === null ? say.waitNone : say.waitAbout}
      />
    </div>
  );
}

type AboutMessages = { readonly allDone: string; readonly noneUrgent: string; readonly urgent: (n: number) => string };

function aboutMessages({ open, urgent }: NonNullable<Day['messages']>, say: AboutMessages): string {
  if (open === 0) return say.allDone;
  return urgent === 0 ? say.noneUrgent : say.urgent(urgent);
}

function Live({ text }: { readonly text: string }) {
  return (
    <span className={classes['live']}>
      <LiveDot /> {text}
    </span>
  );
}

type FigureProps = {
  readonly label: string;
  readonly value: string;
  readonly about: ReactNode;
  readonly to?: string;
  readonly search?: Readonly<Record<string, string>>;
  readonly isUrgent?: boolean;
};

function Figure({ label, value, about, to, search, isUrgent = false }: FigureProps) {
  const content = (
    <>
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Text fz={30} fw={650} lh={1.2} className="numbers">
        {value}
      </Text>
      <Text size="sm" c={isUrgent ? 'var(--mantine-color-error)' : 'dimmed'} component="div">
        {about}
      </Text>
    </>
  );
  if (to === undefined) return <div className={classes['figure']}>{content}</div>;
  return (
    <UnstyledButton
      className={`${classes['figure']} ${classes['way']}`}
      renderRoot={(props) => <Link {...props} to={to} search={search as never} />}
    >
      {content}
    </UnstyledButton>
  );
}
