import type { PersonDriver } from 'practice-workspace';
import { expect, test } from 'vitest';
import { givenCommunity } from '../support/community.ts';
import { agreeOnly, closeAll } from '../support/stories.ts';

/** Counts what somebody does: a command, a click, a choice, something typed, a form that is sent. */
function counting(person: PersonDriver) {
  let acts = 0;
  const counted =
    <Args extends unknown[], R>(work: (...args: Args) => R) =>
    (...args: Args): R => {
      acts += 1;
      return work(...args);
    };
  return {
    acts: () => acts,
    command: counted((text: string) => person.command(text)),
    click: counted((text: string) => person.click(text)),
    give: counted((wanted: string, answer: string | string[]) =>
      person.choose(wanted, answer, { quiet: true }),
    ),
    send: counted(() => person.submit()),
  };
}

test('probe', async () => {
  const { as } = await givenCommunity();
  const jo = as('jo');
  const [amy, ben] = [as('robin'), as('sam')];
  await agreeOnly(jo, amy, ben);
  const acts = counting(jo);
  await acts.command('/chatr pilot new');
  await acts.give('Which pilot?', 'Child protection conferences pilot');
  await acts.give('First day', '2026-03-30');
  await acts.send();
  console.log(jo.visibleText());
  await acts.send();
  await acts.click('Open the group');
  console.log(jo.visibleText());
  await acts.click('Add people');
  console.log(jo.visibleText());
  await acts.give('People', [amy.id, ben.id]);
  await acts.send();
  console.log(jo.visibleText());
  await closeAll(jo);
  await amy.openHome();
  console.log(amy.visibleText('home'));
  await jo.openHome();
  console.log(jo.visibleText('home'));
  await amy.command('/chatr training');
  await amy.click('Prepare');
  console.log(amy.visibleText());
  await amy.click({ text: 'Tick' }, { nth: 1 });
  console.log(amy.visibleText());
  await closeAll(amy);
  await jo.command('/chatr pilot');
  console.log(jo.visibleText());
  await jo.click('Open');
  await jo.click('Open', { nth: 2 });
  console.log(jo.visibleText());
});
