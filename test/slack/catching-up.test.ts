import { expect, test } from 'vitest';
import { givenCommunity } from '../support/community.ts';

test('what Slack did not tell at the start is asked for again with the next beat', async () => {
  const community = await givenCommunity({ forum: true });
  const { workspace } = community;
  await community.stopBot();
  const latecomer = await workspace.joinPerson({ name: 'latecomer', realName: 'Lee Latecomer' });
  await workspace.joinChannel('latecomer', 'chatr-forum');
  for (let attempt = 0; attempt < 3; attempt += 1)
    workspace.faults.next('conversations.members', 'server-error');
  await community.startBot();
  expect(community.log.join()).toContain('Catching up did not finish');
  expect(latecomer.dmsWithBot()).toEqual([]);
  await community.forward(10, 5);
  expect(latecomer.dmsWithBot()).toHaveLength(1);
});
