import { SegmentedControl } from '@mantine/core';

type Props = {
  /** What is chosen here, for who does not see it. */
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly data: readonly { readonly value: string; readonly label: string }[];
  readonly mb?: 'md';
};

/** A few views of the same things, side by side; where they do not fit they can be pushed along. */
export function Views({ label, value, onChange, data, mb }: Props) {
  return (
    <SegmentedControl
      aria-label={label}
      maw="100%"
      {...(mb && { mb })}
      style={{ overflowX: 'auto' }}
      value={value}
      onChange={onChange}
      data={[...data]}
    />
  );
}
