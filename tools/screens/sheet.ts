import { writeFileSync } from 'node:fs';
import { theBrowser } from '../../test/browser.ts';
import { looks, type Shot } from './shots.ts';

const height = 360;
const gap = 12;

/** What is shown first: a person's way through a day, and then how it was set up. */
const order = ['/', '/call', '/calls', '/calls/$id', '/messages', '/leads', '/appointments', '/agent', '/setup'];

/** Writes one picture with all of them: a row for each page, two rows beside each other. */
export async function composeSheet(shots: readonly Shot[], file: string): Promise<void> {
  const paths = [...new Set([...order, ...shots.map(({ path }) => path)])];
  const cells = paths.map((path) => cell(shots.filter((one) => one.path === path)));
  const browser = await theBrowser();
  const page = await browser.newPage({ viewport: { width: 2 * cellWidth() + 3 * 3 * gap, height: 1_000 } });
  await page.setContent(`<!doctype html><style>
    body { margin: 0; padding: ${2 * gap}px; background: #71717a; font: 600 15px sans-serif; color: #fff;
      display: grid; grid-template-columns: 1fr 1fr; gap: ${2 * gap}px ${3 * gap}px }
    h2 { margin: 0 0 6px; font: inherit } div { display: flex; gap: ${gap}px } img { height: ${height}px; border-radius: 6px }
  </style>${cells.join('')}`);
  await page.evaluate('Promise.all([...document.images].map((one) => one.decode())).then(() => undefined)');
  const session = await page.context().newCDPSession(page);
  const size = await page.evaluate<{ width: number; height: number }>(
    '({ width: document.documentElement.scrollWidth, height: document.documentElement.scrollHeight })',
  );
  const clip = { x: 0, y: 0, ...size, scale: 1 };
  const { data } = await session.send('Page.captureScreenshot', {
    format: 'webp',
    quality: 80,
    clip,
    captureBeyondViewport: true,
  });
  writeFileSync(file, Buffer.from(data, 'base64'));
  await page.context().close();
}

function cell(shots: readonly Shot[]): string {
  const images = looks.flatMap((look) => {
    const shot = shots.find((one) => one.look.width === look.width && one.look.scheme === look.scheme);
    return shot ? [`<img src="data:image/png;base64,${shot.picture.toString('base64')}">`] : [];
  });
  if (images.length === 0) return '';
  return `<section><h2>${shots[0]?.path ?? ''}</h2><div>${images.join('')}</div></section>`;
}

function cellWidth(): number {
  const widths = looks.map(({ width }) => Math.ceil((height * width) / (width < 700 ? 844 : 900)));
  return widths.reduce((sum, width) => sum + width + gap, 0);
}
