import { Code } from '@mantine/core';

/** A line to type where Sotto runs. */
export function Command({ children }: { readonly children: string }) {
  return (
    <Code block fz="sm" style={wrapped}>
      {children}
    </Code>
  );
}

/** What is too long goes on below: nothing has to be scrolled sideways. */
const wrapped = { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' } as const;
