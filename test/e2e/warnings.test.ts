import type { PersonDriver } from 'practice-workspace';
import { elementsOf } from 'practice-workspace/block-check';
import { describe, expect, test } from 'vitest';
import { type Community, givenCommunity } from '../support/community.ts';
import { agree, closeAll, makeGroup, scheduleCheckIn } from '../support/stories.ts';

const number = '07700 900123';
const masked = '[phone number removed]';

/** Everywhere people write: how they come to the warning, what the careful button says, and where their words end up. */
const places = {
  'a check-in': {
    async write(robin: PersonDriver, { as, forward }: Community) {
      await makeGroup(as('jo'), 'Perinatal pilot', ['robin', 'sam']);
      await scheduleCheckIn(as('jo'), {
        group: 'Perinatal pilot',
        template: 'Weekly pulse',
        date: '2026-03-04',
        time: '09:30',
      });
      await forward(24 * 60, 60);
      await robin.click('Answer');
      await robin.submit({ 'A word or a line about your week.': `Ring ${number}` });
    },
    careful: 'Mask it and read again',
    plain: 'Send it as it is',
  },
  'a reflection': {
    async write(robin: PersonDriver) {
      await robin.command('/chatr reflect');
      await robin.submit({ 'A moment: What stayed with you today?': `Ring ${number}` });
    },
    careful: 'Mask it and save',
    plain: 'Keep it as it is and save',
  },
  'a hello': {
    async write(robin: PersonDriver) {
      await robin.openHome();
      await robin.click('Skip this step', { in: 'home' });
      await robin.click('Draft my hello', { in: 'home' });
      await robin.submit({ 'Your hello': `Ring ${number}` });
    },
    careful: 'Mask it and preview',
    plain: 'Keep it as it is',
  },
  'a profile': {
    async write(robin: PersonDriver) {
      await robin.openHome();
      await robin.click('Edit my profile');
      await robin.submit();
      await robin.submit({ 'A line to introduce you': `Ring ${number}` });
    },
    careful: 'Mask it and save',
    plain: 'Keep it as it is',
  },
  'a suggestion': {
    async write(robin: PersonDriver) {
      await robin.command('/chatr suggest');
      await robin.submit({ Title: `Ring ${number}`, 'Web address': 'https://example.org/a-page' });
    },
    careful: 'Mask it and send',
    plain: 'Keep it as it is',
  },
};

async function given(place: keyof typeof places): Promise<{ community: Community; robin: PersonDriver }> {
  const community = await givenCommunity();
  await community.forward(10, 5);
  const robin = community.as('robin');
  await agree(robin);
  await places[place].write(robin, community);
  return { community, robin };
}

/** What the bot keeps or has posted of it, as whoever may see it finds it. */
async function found(place: keyof typeof places, { as }: Community): Promise<string> {
  const robin = as('robin');
  switch (place) {
    case 'a check-in':
      return JSON.stringify(robin.modal()?.blocks ?? []);
    case 'a reflection':
      await robin.command('/chatr journal');
      await robin.click('Open');
      return robin.visibleText('modal');
    case 'a hello':
      return robin.visibleText('modal');
    case 'a profile':
      await robin.click('Edit my profile');
      await robin.submit();
      return JSON.stringify(robin.modal());
    case 'a suggestion': {
      await as('fran').command('/chatr suggestions');
      return as('fran').visibleText(as('fran').ephemerals().at(-1));
    }
  }
}

describe.each(Object.keys(places) as (keyof typeof places)[])(
  'what may identify somebody, in %s',
  (place) => {
    test('is told by kind, once, and the window’s own button, the only green one, is the careful way', async () => {
      const { community, robin } = await given(place);
      const view = robin.modal();
      expect(robin.visibleText('modal')).toContain('this seems to hold a phone number.');
      expect(view?.submit).toBe(places[place].careful);
      const buttons = elementsOf(view?.blocks ?? []).filter(({ element }) => element.type === 'button');
      expect(buttons.filter(({ element }) => element.style === 'primary')).toEqual([]);
      expect(robin.visibleText('modal')).toContain(places[place].plain);
      await robin.submit();
      if (place !== 'a check-in' && place !== 'a hello') await closeAll(robin);
      const kept = await found(place, community);
      expect(kept).toContain(masked);
      expect(kept).not.toContain(number);
      expect(community.log.join()).not.toContain(number);
    });

    test('can be kept as it is, by a button that says so', async () => {
      const { community, robin } = await given(place);
      await robin.click(places[place].plain, { in: 'modal' });
      if (place === 'a check-in')
        return expect(robin.visibleText('modal')).toContain('Your answers are saved');
      // A form is theirs to send as before.
      if (place !== 'a reflection') await robin.submit();
      if (place !== 'a hello') await closeAll(robin);
      expect(await found(place, community)).toContain(number);
    });
  },
);
