import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

/** The one colour that means "this way". */
const sotto: MantineColorsTuple = [
  '#e9f8f4',
  '#d3eee7',
  '#a5dccf',
  '#74c9b6',
  '#4cb9a1',
  '#2fa78e',
  '#1b8a74',
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
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  luminanceThreshold: 0.36,
  colors: { sotto, dark },
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  headings: { fontFamily: "'Inter Variable', system-ui, sans-serif", fontWeight: '650' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  // The head of a dialog is no banner of the page.
  components: { ModalHeader: { defaultProps: { component: 'div' } } },
});

/** Mantine's own greys and reds are too faint to read on their ground (WCAG 2.2, 1.4.3). */
export const readable: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#565e67',
    '--mantine-color-error': '#b42318',
    '--mantine-color-placeholder': '#6b737c',
    '--mantine-color-body': '#fbfcfc',
    '--sotto-card': '#ffffff',
    '--sotto-line': '#e3e7ea',
  },
  dark: {
    '--mantine-color-dimmed': '#a9b1b9',
    '--mantine-color-error': '#ff8f85',
    '--mantine-color-placeholder': '#949da6',
    '--mantine-color-body': '#14181b',
    '--sotto-card': '#1b2024',
    '--sotto-line': '#2c343a',
  },
});
