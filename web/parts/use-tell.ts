import { notifications } from '@mantine/notifications';
import { useWords } from '../words/use-words.ts';

/** Says in a corner that something was done. */
export function useTell(): (message: string) => void {
  const { close } = useWords('shell');
  return (message) => {
    notifications.show({ message, color: 'sotto', closeButtonProps: { 'aria-label': close } });
  };
}
