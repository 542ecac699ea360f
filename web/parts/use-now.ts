import { useEffect, useState } from 'react';
import { useZone } from '../api/me.ts';
import { dayOf } from './zone.ts';

/** What time it is, in milliseconds; it goes on while one looks, a minute at a time. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 60_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** The day that it is on the wall of the business. */
export function useToday(): string {
  return dayOf(useNow(), useZone());
}
