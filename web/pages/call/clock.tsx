import { Text } from '@mantine/core';
import { useEffect, useState } from 'react';

/** How long the call lasts by now. `since` is a time of `performance`. */
export function Clock({ since }: { readonly since: number }) {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 500);
    return () => clearInterval(timer);
  }, []);
  return (
    <Text component="span" size="sm" c="dimmed" className="numbers" role="timer">
      {minutes(now - since)}
    </Text>
  );
}

/** Minutes and seconds. */
export function minutes(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
