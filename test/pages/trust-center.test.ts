import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { publish } from '../publish.ts';
import { becomes } from './becomes.ts';
import { judge } from './judge.ts';
import { onStage, theStage } from './stage.ts';

const claim = '/trust/claims/calls-are-summarised';

/** Every page that the navigation leads to, one promise, and the page of a business. */
async function everyPage(page: Page): Promise<readonly string[]> {
  await page.goto('/trust');
  const links = await page
    .locator('nav.pages a')
    .evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''));
  assert.ok(links.length >= 8 && links.includes('/trust/retention'));
  return [...links, claim];
}

async function published(): Promise<void> {
  const { world } = await theStage();
  await publish(world.ctx);
}

test('every page of the Trust Center is readable by everybody, in English and in Hindi, on a telephone and at a desk', async () => {
  await published();
  for (const [language, width] of [
    ['en-US', 390],
    ['hi-IN', 390],
    ['en-US', 1440],
    ['hi-IN', 1440],
  ] as const) {
    const scheme = language === 'en-US' ? 'light' : 'dark';
    await onStage({ width, scheme, language }, async (page) => {
      for (const path of await everyPage(page)) {
        await page.goto(path);
        await becomes(() => page.locator('html').getAttribute('lang'), language.slice(0, 2), path);
        await judge(page);
      }
    });
  }
});

test('at 320 px, where a page is enlarged to four times its size, nothing has to be scrolled sideways', async () => {
  await published();
  await onStage({ width: 320 }, async (page) => {
    for (const path of await everyPage(page)) {
      await page.goto(path);
      await judge(page);
    }
  });
});

test('each page has the same landmarks, one heading above all others, and no step left out below it', async () => {
  await published();
  await onStage({}, async (page) => {
    for (const path of await everyPage(page)) {
      await page.goto(path);
      for (const [role, count] of [
        ['banner', 1],
        ['main', 1],
        ['contentinfo', 1],
        ['navigation', 2],
      ] as const)
        await becomes(async () => (await page.getByRole(role).count()) >= count, true, `${path}: ${role}`);
      const levels = await page
        .locator('h1,h2,h3,h4')
        .evaluateAll((all) => all.map((one) => Number(one.tagName.slice(1))));
      assert.equal(levels.filter((level) => level === 1).length, 1, path);
      levels.forEach((level, at) => assert.ok(level <= (levels[at - 1] ?? 0) + 1, `${path}: h${level} at ${at}`));
    }
  });
});

test('by keyboard one comes past the navigation at once, and through it in the order of the eye', async () => {
  await published();
  await onStage({ width: 1440 }, async (page) => {
    await page.goto('/trust');
    await page.keyboard.press('Tab');
    await becomes(() => focused(page), 'Skip to the content');
    await page.keyboard.press('Enter');
    await becomes(() => new URL(page.url()).hash, '#content');
    await page.keyboard.press('Tab');
    await becomes(() => page.evaluate(`document.querySelector('main').contains(document.activeElement)`), true);
    await page.goto('/trust/retention');
    const seen: string[] = [];
    for (let step = 0; step < 9; step += 1) {
      await page.keyboard.press('Tab');
      seen.push(await focused(page));
    }
    assert.deepEqual(seen.slice(0, 5), ['Skip to the content', 'English', 'Español', 'Português', 'हिन्दी']);
    // What folds on a telephone is open here, and its handle is no step of its own.
    assert.equal(seen[5], 'Promises');
  });
});

test('on a telephone the pages fold into one line, which opens by keyboard', async () => {
  await published();
  await onStage({ width: 390 }, async (page) => {
    await page.goto('/trust');
    const link = page
      .getByRole('navigation', { name: 'Trust Center' })
      .getByRole('link', { name: 'Retention schedule' });
    assert.equal(await link.isVisible(), false);
    await page.locator('nav.pages summary').focus();
    await page.keyboard.press('Enter');
    await link.click();
    await page.getByRole('heading', { level: 1, name: 'How long things are kept' }).waitFor();
  });
});

test('the language is chosen by a link, and stays from page to page', async () => {
  await published();
  await onStage({}, async (page) => {
    await page.goto('/trust');
    await page.getByRole('link', { name: 'Português' }).click();
    await page
      .getByRole('heading', { level: 1, name: 'O que esta instalação promete e o que foi observado' })
      .waitFor();
    await page.getByRole('link', { name: 'Prazos de retenção', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Por quanto tempo as coisas são guardadas' }).waitFor();
    await becomes(() => page.locator('html').getAttribute('lang'), 'pt');
    await page.locator('nav.pages').getByRole('link', { name: 'Promessas' }).click();
    await page.locator(`a[href^="${claim}"]`).first().click();
    await page.getByRole('heading', { level: 2, name: 'Como é cumprida' }).waitFor();
  });
});

test('an address that is not there is told in the language of the reader, and leads on by keyboard', async () => {
  await published();
  for (const [language, width, title] of [
    ['pt-BR', 390, 'Não há nenhuma página aqui'],
    ['hi-IN', 1440, 'यहाँ कोई पृष्ठ नहीं है'],
  ] as const)
    await onStage({ language, width, scheme: width === 390 ? 'dark' : 'light' }, async (page, visitor) => {
      visitor.allow(/404/);
      await page.goto('/trust/nowhere');
      await page.getByRole('heading', { level: 1, name: title }).waitFor();
      await judge(page);
      await page.getByRole('main').locator('a[href="/trust"]').focus();
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/trust$/);
      await becomes(() => page.locator('html').getAttribute('lang'), language.slice(0, 2));
    });
});

test('on paper there is nothing to press, everything is unfolded, and an address stands beside its link', async () => {
  await published();
  await onStage({}, async (page) => {
    await page.goto('/trust/data');
    await page.emulateMedia({ media: 'print' });
    for (const part of ['nav.pages', 'nav.languages', 'a.skip', 'summary'])
      assert.equal(await page.locator(part).first().isVisible(), false, part);
    assert.equal(await page.locator('details table').first().isVisible(), true);
    const shown = await page.evaluate(
      `getComputedStyle(document.querySelector('main a[rel]'), '::after').getPropertyValue('content')`,
    );
    assert.match(String(shown), /https:/);
    const pdf = await page.pdf({ format: 'A4' });
    assert.ok(pdf.length > 20_000);
  });
});

function focused(page: Page): Promise<string> {
  return page.evaluate(`document.activeElement.textContent.trim()`);
}
