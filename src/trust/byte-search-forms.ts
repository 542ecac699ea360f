/** What is searched for: a word of small letters, or the digits of a number. */
export type Mark = { readonly kind: 'word' | 'digits'; readonly text: string };

/** One byte of a pattern: any of these, or none of them when it may be missing. */
export type Step = { readonly anyOf: readonly number[]; readonly isOptional?: true };

/** One way in which a mark can be written down, and its name in what is reported. */
export type Form = { readonly as: string; readonly steps: readonly Step[] };

/** Every way in which the marks are looked for, as bytes. */
export function formsOf(marks: readonly Mark[]): readonly Form[] {
  return marks.flatMap((mark) => (mark.kind === 'word' ? wordForms(mark.text) : digitForms(mark.text)));
}

function wordForms(text: string): readonly Form[] {
  const spelt = [text, titled(text), text.toUpperCase()];
  return [
    { as: 'text', steps: folded(text) },
    ...spelt.flatMap((one) => encoded(one)),
    { as: 'UTF-16', steps: wide(folded(text)) },
  ];
}

function digitForms(text: string): readonly Form[] {
  const parted = text
    .split('')
    .flatMap((digit, at) => (at === 0 ? exact(digit) : [separator, separator, ...exact(digit)]));
  const said = text.split('').flatMap((digit, at) => {
    const name = folded(digitNames[Number(digit)]!);
    return at === 0 ? name : [separator, separator, ...name];
  });
  return [
    { as: 'digits', steps: parted },
    { as: 'number words', steps: said },
    ...encoded(text),
    { as: 'UTF-16', steps: wide(exact(text)) },
  ];
}

export const digitNames = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'] as const;

/** What people and programs put between digits. */
const separator: Step = { anyOf: [...Buffer.from(' -.,()/')], isOptional: true };

function encoded(text: string): readonly Form[] {
  return [
    { as: 'hexadecimal', steps: folded(Buffer.from(text).toString('hex')) },
    ...base64Parts(text).map((part): Form => ({ as: 'base64', steps: exact(part) })),
  ];
}

/**
 * What is the same in the base64 of every text that holds this one: three bytes make four letters, so there are three
 * ways to begin, and the letters at both ends depend on the neighbours (RFC 4648 §4).
 */
export function base64Parts(text: string): readonly string[] {
  return [0, 1, 2].map((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), Buffer.from(text)]).toString('base64');
    const first = Math.ceil((before * 8) / 6);
    const last = Math.floor(((before + text.length) * 8) / 6);
    return whole.slice(first, last);
  });
}

function exact(text: string): readonly Step[] {
  return [...Buffer.from(text)].map((byte) => ({ anyOf: [byte] }));
}

/** In small letters and capitals, mixed as may be. */
function folded(text: string): readonly Step[] {
  return text.split('').map((letter) => {
    const both = new Set([letter.toLowerCase(), letter.toUpperCase()].map((one) => one.charCodeAt(0)));
    return { anyOf: [...both] };
  });
}

/** Two bytes for each letter, whichever comes first: between two letters there is one zero byte. */
function wide(steps: readonly Step[]): readonly Step[] {
  return steps.flatMap((step, at) => (at === 0 ? [step] : [{ anyOf: [0] }, step]));
}

function titled(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
