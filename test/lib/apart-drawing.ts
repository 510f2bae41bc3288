import { threadId } from 'node:worker_threads';

/** What `drawApart` is tried with. */
export async function draw(words: string): Promise<Uint8Array> {
  if (words === 'nothing') process.exit();
  if (words === 'wrong') throw new RangeError('no such words');
  return new TextEncoder().encode(`${words} ${threadId}`);
}
