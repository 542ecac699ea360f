import { useEffect, useRef, type RefObject } from 'react';

/** For the field with which a page or a step begins: whoever came to fill it in can type at once. */
export function useFirstFocus<E extends HTMLElement>(): RefObject<E | null> {
  const field = useRef<E>(null);
  useEffect(() => field.current?.focus(), []);
  return field;
}
