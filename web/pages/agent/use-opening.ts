import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AnswerOf } from '../../api/client.ts';
import { isRefusal } from '../../api/problem.ts';
import { draftOpening, type Draft } from './use-draft.ts';

/** What callers would hear of a draft. */
export type Heard = AnswerOf<'POST /api/v1/agents/{id}/opening'>;

/** A person who types is not asked about at every key. */
const restMs = 350;

/**
 * What callers would hear first, with the changes on screen. While a field is wrong the last one that was right stays, and
 * `isBroken` says so.
 */
export function useOpening({ base, changes }: Draft) {
  const [settled] = useDebouncedValue(JSON.stringify(changes), restMs);
  const query = useQuery({
    queryKey: ['GET /api/v1/agents/{id}/opening', base, settled],
    queryFn: () => draftOpening(base.id, JSON.parse(settled) as typeof changes),
    placeholderData: keepPreviousData,
    retry: (count, error) => !isRefusal(error, 'input-invalid') && count < 3,
  });
  const [last, setLast] = useState(query.data);
  if (query.data && query.data !== last) setLast(query.data);
  return { heard: query.data ?? last, isBroken: isRefusal(query.error, 'input-invalid'), error: query.error };
}
