import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

/** The one colour that means "this way". */
const sotto: MantineColorsTuple = [
  '#e9f8f4',
  '#d3eee7',
  '#a5dccf',
  '#74c9b6',
  '#4cb9a1',
  '#2fa78e',
  '#17806c',
  '#0f6b5c',
  '#0b5549',
  '#073e35',
];

/** Greys with a little of the accent's cold in them, from the lightest text to the deepest ground of the dark look. */
const dark: MantineColorsTuple = [
  '#d7dde1',
  '#b3bcc3',
  '#8d979f',
  '#66717a',
  '#414b53',
  '#343d44',
  '#283036',
  '#1b2024',
  '#14181b',
  '#0d1012',
];

export const theme = createTheme({
  primaryColor: 'sotto',
  primaryShade: { light: 7, dark: 6 },
  autoContrast: true,
  luminanceThreshold: 0.36,
  colors: { sotto, dark },
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  headings: { fontFamily: "'Inter Variable', system-ui, sans-serif", fontWeight: '650' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // The head of a dialog is no banner of the page.
    ModalHeader: { defaultProps: { component: 'div' } },
    // A link in a sentence is told by more than its colour.
    Anchor: { defaultProps: { underline: 'always' } },
  },
});

const hues = ['sotto', 'gray', 'red', 'pink', 'grape', 'violet', 'indigo', 'blue', 'cyan', 'teal', 'green', 'lime'];
const warmHues = ['yellow', 'orange'];

/** The words of badges and alerts on their own pale ground, dark enough to be read. */
function darkOnPale(): Record<string, string> {
  const darkened = (hue: string, black: number) => [
    `--mantine-color-${hue}-light-color`,
    `color-mix(in srgb, var(--mantine-color-${hue}-9), black ${black}%)`,
  ];
  return Object.fromEntries([
    ...hues.map((hue) => darkened(hue, 25)),
    ...warmHues.map((hue) => darkened(hue, 48)),
  ]) as Record<string, string>;
}

/** Mantine's own greys and reds are too faint to read on their ground (WCAG 2.2, 1.4.3). */
export const readable: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    ...darkOnPale(),
    '--mantine-color-dimmed': '#565e67',
    '--mantine-color-error': '#b42318',
    '--mantine-color-placeholder': '#6b737c',
    '--mantine-color-body': '#fbfcfc',
    '--sotto-card': '#ffffff',
    '--sotto-line': '#e3e7ea',
  },
  dark: {
    // Paler than the card it lies on, not darker.
    '--mantine-color-sotto-light': '#22342f',
    '--mantine-color-sotto-light-hover': '#294039',
    '--mantine-color-dimmed': '#a9b1b9',
    '--mantine-color-error': '#ff8f85',
    '--mantine-color-placeholder': '#949da6',
    '--mantine-color-body': '#14181b',
    '--sotto-card': '#1b2024',
    '--sotto-line': '#2c343a',
  },
});
