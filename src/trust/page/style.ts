import { createHash } from 'node:crypto';
import { Markup, pagePolicy } from '#base';
import { frameCss } from './style-frame.ts';
import { partsCss } from './style-parts.ts';
import { printCss } from './style-print.ts';

/** The pages' only style sheet. It travels inside each page, so that a saved or printed copy looks the same. */
const css = `${frameCss}${partsCss}${printCss}`;

/** Nothing but colour, type and space: no outside font, image or address. */
export const style = new Markup(css);

/** A page may load nothing at all, and use exactly this style (CSP level 3 §6.7.3). */
export const contentSecurityPolicy = pagePolicy({ style: styleHash() });

/** The same for a page with a form of ours. */
export const formSecurityPolicy = pagePolicy({ style: styleHash(), forms: true });

function styleHash(): string {
  return `'sha256-${createHash('sha256').update(css).digest('base64')}'`;
}
