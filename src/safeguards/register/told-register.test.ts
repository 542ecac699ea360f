import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isProblem, readConfig, type Processor } from '#base';
import { refuseHeld, toldRegister } from './register.ts';

const store = {
  SOTTO_OBJECTS: 's3',
  SOTTO_S3_ENDPOINT: 'https://objects.example.com',
  SOTTO_S3_REGION: 'eu-1',
  SOTTO_S3_BUCKET: 'calls',
  SOTTO_S3_KEY_ID: 'k',
  SOTTO_S3_SECRET: 's',
};

test('a process that was told nothing yet may reach nobody, and follows what it is told', () => {
  const register = toldRegister(readConfig(store));
  const named = (name: string, more: Partial<Processor> = {}): Processor => ({
    name,
    purpose: '',
    data: [],
    region: '',
    hosts: [],
    ...more,
  });
  const own = named('OpenAI');
  const ours = named('OpenAI', { behalf: 'installation' });
  const seen = () => {
    const isLet = (to: Processor) => {
      try {
        refuseHeld(register)(to);
        return true;
      } catch (error) {
        assert.ok(isProblem(error, 'processor-held'));
        assert.match(error.message, /gets nothing before its day/);
        return false;
      }
    };
    return { lies: register.config.objects, store: isLet(named('S3')), ours: isLet(ours), own: isLet(own) };
  };
  assert.deepEqual(seen(), { lies: 'fs', store: false, ours: false, own: true });
  register.tell({ reach: ['s3', 'openai'], use: ['s3', 'openai'] });
  assert.deepEqual(seen(), { lies: 's3', store: true, ours: true, own: true });
  // Taken back after it was used: what lies there can still be found and deleted, and nothing new goes there.
  register.tell({ reach: ['s3'], use: [] });
  assert.deepEqual(seen(), { lies: 'fs', store: true, ours: false, own: true });
});
