import { Code } from '@mantine/core';

/** A line to type where Sotto runs. */
export function Command({ children }: { readonly children: string }) {
  return (
    <Code block fz="sm">
      {children}
    </Code>
  );
}
