import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pageRoutes } from '../../web/routes.ts';
import { addressOf } from './addresses.ts';
import { callsOfAWeek } from './calls-of-a-week.ts';
import { judge, settled } from './judge.ts';
import { onStage, theStage } from './stage.ts';

/** Everything that callers of that business said of themselves, in the words in which it would be seen. */
const words = callsOfAWeek.flatMap(({ from, name, summary, said, message, lead }) => [
  ...(from ? [from, from.slice(-7)] : []),
  ...[name, summary, message?.body, lead].flatMap((one) => one || []),
  ...said.filter((one, at) => at % 2 === 1 && one.length > 12),
]);

test('a viewer sees nothing of what was said, on no page, in no answer, whatever they ask for', async () => {
  const business = await (await theStage()).business('lively');
  const paths = pageRoutes.filter(({ may }) => may !== 'all').flatMap(({ path }) => addressOf(path, business) ?? []);
  for (const path of paths) {
    await onStage({ as: 'viewer' }, async (page) => {
      const answers: Promise<string>[] = [];
      page.on('response', (answer) => {
        if (/\/api\/v1\/(?!events)/.test(answer.url())) answers.push(answer.text().catch(() => ''));
      });
      await page.goto(path);
      await settled(page);
      const seen = [await page.locator('body').innerText(), ...(await Promise.all(answers))].join('\n');
      assert.deepEqual(
        words.filter((word) => seen.includes(word)),
        [],
        path,
      );
    });
  }
});

test('a viewer who asks the API from the page gets no transcript either', async () => {
  const { calls } = await (await theStage()).business('lively');
  await onStage({ as: 'viewer' }, async (page, { allow }) => {
    allow(/^console: 403 \/api\/v1\/(?:leads|messages|appointments|reveal|recordings)/);
    await page.goto('/calls');
    const asked = [
      `/api/v1/calls/${calls[0]}`,
      '/api/v1/calls?limit=50',
      '/api/v1/leads',
      '/api/v1/messages',
      '/api/v1/appointments',
    ];
    const answers = await page.evaluate<string[]>(
      `Promise.all(${JSON.stringify(asked)}.map((url) => fetch(url).then((answer) => answer.text())))`,
    );
    assert.match(answers[0]!, /"outcome"/);
    assert.deepEqual(
      words.filter((word) => answers.join('\n').includes(word)),
      [],
    );
    await judge(page);
  });
});

test('who answers calls for the business sees their own and no other', async () => {
  const { calls } = await (await theStage()).business('lively');
  const [own, foreign] = [callsOfAWeek.findIndex(({ mine }) => mine), callsOfAWeek.findIndex(({ mine }) => !mine)];
  await onStage({ as: 'agent' }, async (page) => {
    await page.goto(`/calls/${calls[own]}`);
    await page.getByText(callsOfAWeek[own]!.said[1]!).first().waitFor();
    await judge(page);
  });
  await onStage({ as: 'agent' }, async (page, { allow }) => {
    allow(/^console: 404 \/api\/v1\/calls\//);
    await page.goto(`/calls/${calls[foreign]}`);
    await settled(page);
    const seen = await page.locator('body').innerText();
    assert.deepEqual(
      words.filter((word) => seen.includes(word)),
      [],
    );
  });
});
