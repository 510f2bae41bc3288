import { threadId } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { drawApart } from '../../src/lib/apart.ts';

const draw = (words: string) =>
  drawApart<typeof import('./apart-drawing.ts').draw>(new URL('./apart-drawing.ts', import.meta.url), words);

test('what is slow to draw is drawn in another thread, and what goes wrong there is told', async () => {
  const [words, thread] = new TextDecoder().decode(await draw('drawn')).split(' ');
  expect(words).toBe('drawn');
  expect(Number(thread)).not.toBe(threadId);
  await expect(draw('wrong')).rejects.toThrow('no such words');
  await expect(draw('nothing')).rejects.toThrow('ended before');
});
