import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { openStore } from '../../src/db/open.ts';
import { givenCommunity } from '../support/community.ts';
import { agree, closeAll, databaseBytes, makeGroup, scheduleCheckIn } from '../support/stories.ts';

const moment = 'A moment: What stayed with you today?';

test('what people write stands in clear neither in the files of the running bot, nor in a backup, nor in the log', async () => {
  // At this level a library's own lines would come through as well.
  const community = await givenCommunity({ config: { logLevel: 'trace' } });
  await community.forward(5 * 60, 60);
  const [robin, jo] = [community.as('robin'), community.as('jo')];
  for (const name of ['robin', 'jo']) await agree(community.as(name));

  await robin.openHome();
  await robin.click('Edit my profile', { in: 'home' });
  await robin.submit({ 'Your role': 'Aardvark keeper' });
  await robin.submit({
    'A line to introduce you': 'badgerline',
    'Anything that makes taking part easier for you': 'camelramp',
    'Only I see': ['My role'],
  });
  await closeAll(robin);
  await robin.command('/chatr reflect');
  await robin.submit({ [moment]: 'dormouse' });
  await closeAll(robin);
  await robin.command('/chatr reflect');
  // Warned of, and left like that.
  await robin.submit({ [moment]: 'emuwords NHS 943 476 5919' });
  await closeAll(robin);
  // Changed, and with details: how it was before is kept too.
  await robin.command('/chatr journal');
  await robin.click('Open');
  await robin.click('Edit');
  await robin.submit({ [moment]: 'gerbilchange' });
  await robin.click('Title, date, tags');
  await robin.submit({ Title: 'herontitle', Tags: 'ibextag' });
  await robin.click('My journal');
  await robin.click('Find in it');
  await robin.submit({ 'Words in it': 'gerbilchange' });
  await closeAll(robin);
  await robin.command('/chatr reflect');
  await robin.fill({ [moment]: 'ferretdraft' });
  await closeAll(robin);
  await robin.post('iguanaline, please', { quiet: true });
  await robin.command('/chatr away until Friday koalareason', { mayFail: true });

  await makeGroup(jo, 'Spring group', ['robin', 'sam', 'toni']);
  await jo.command('/chatr groups');
  await jo.click('Import trainees');
  await jo.submit({
    'Paste the list': 'email,name,cohort\nnewtmail@example.org,Ocelot Madeup,Spring group',
  });
  await jo.submit();
  await closeAll(jo);
  await scheduleCheckIn(jo, {
    group: 'Spring group',
    template: 'After a session',
    date: '2026-03-04',
    time: '10:00',
  });
  await community.forward(24 * 60, 60);
  await robin.click('Answer');
  await robin.submit({ 'question-0': '3', 'question-4': 'quokkaanswer' });
  await robin.submit();
  expect(robin.visibleText('modal')).toContain('Your answers are saved');
  await closeAll(robin);

  const file = community.config.databaseUrl.slice('file:'.length);
  const store = await openStore(community.config.databaseUrl, { mustExist: true });
  await store.backup(join(dirname(file), 'backup.db'));
  await store.close();
  const marks =
    /aardvark|badgerline|camelramp|dormouse|emuwords|943 ?476 ?5919|ferretdraft|gerbilchange|herontitle|ibextag|iguanaline|koalareason|newtmail|ocelot|quokkaanswer/gi;
  expect(databaseBytes(community)).toContain('Spring group');
  expect(databaseBytes(community).match(marks)).toBeNull();
  expect(community.log.length).toBeGreaterThan(0);
  expect(community.log.join('\n').match(marks)).toBeNull();
}, 30_000);
