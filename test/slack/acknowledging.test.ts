import { expect, test } from 'vitest';
import { givenCommunity } from '../support/community.ts';
import { freePort } from '../support/raw-socket.ts';

test.each([
  ['a socket', async () => givenCommunity({ forum: false })],
  ['HTTP', async () => givenCommunity({ forum: false, httpPort: await freePort() })],
])(
  'over %s, what takes long is acknowledged first: its end is what stays on the screen',
  async (_name, given) => {
    const community = await given();
    const fran = community.as('fran');
    await fran.openHome();
    await fran.click('Give a role', { in: 'home' });
    await fran.submit({ Person: 'robin', Role: 'Curator' });
    expect(fran.visibleText('modal')).toContain('is now curator');
    expect(community.log).toEqual([]);
  },
);
