import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** What axe looks at: WCAG 2.2 AA, and what it knows to be good practice. */
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];

type Found = {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[];
};

/** Waits until a page shows what it has to show: its heading, and nothing that says that more is coming. */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor();
  // Not by a function of the page: what is asked for again and again is text there, which the policy does not run.
  const busy = '[aria-busy="true"], .mantine-Skeleton-root[data-visible], .mantine-Loader-root';
  await page.locator(busy).first().waitFor({ state: 'detached' });
}

/**
 * Every test of a page ends with it: throws, with every place and why, unless axe finds nothing and the page fits the
 * window's width. Waits for the page first.
 */
export async function judge(page: Page): Promise<void> {
  // What is only there while something comes or goes is no look of the page: what is wrong with it stays.
  for (let left = 2; left > 0; left -= 1) {
    await settled(page);
    if ((await wrongWith(page)).length === 0) return;
  }
  await settled(page);
  await judgeNow(page);
}

/** The same of a page that waits for somebody, as behind a dialog that asks for a second factor. */
export async function judgeNow(page: Page): Promise<void> {
  const wrong = await wrongWith(page);
  if (wrong.length > 0) throw new Error(`not good at ${page.url()}:\n${wrong.join('\n')}`);
}

async function wrongWith(page: Page): Promise<readonly string[]> {
  const wide = await page.evaluate<string[]>(widest);
  if (!(await page.evaluate<boolean>(`'axe' in globalThis`))) await page.evaluate(axe.source);
  const found = await page.evaluate<readonly Found[]>(
    `axe.run(document, { runOnly: ${JSON.stringify(tags)}, resultTypes: ['violations'] }).then(({ violations }) => violations)`,
  );
  return [...wide.map((one) => `  wider than the window: ${one}`), ...found.map(lineOf)];
}

/** What reaches over the right edge of a page that scrolls sideways. */
const widest = `(() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const over = [...document.body.querySelectorAll('*')].filter((one) => one.getBoundingClientRect().right > width + 1);
  return (over.length ? over : [document.body]).slice(-3).map((one) =>
    (one.tagName + '.' + (one.getAttribute('class') ?? '')).toLowerCase().split(' ').join('.'));
})()`;

function lineOf({ id, help, nodes }: Found): string {
  const places = nodes.slice(0, 5).map((node) => `    ${node.target.join(' ')}: ${reason(node.failureSummary)}`);
  return [`  ${id}: ${help} (${nodes.length})`, ...places].join('\n');
}

function reason(summary = ''): string {
  return summary.replace(/\s+/g, ' ').slice(0, 240);
}
