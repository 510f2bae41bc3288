import { expect, test } from 'vitest';
import { givenCommunity } from '../support/community.ts';
import { closeAll, messagesSaying } from '../support/stories.ts';

test.each([
  ['SMITH, Jane (EAST LONDON NHS FOUNDATION TRUST)', 'Hello Jane, this is', 'Hello Jane.'],
  ['Dr Jane Smith', 'Hello Jane, this is', 'Hello Jane.'],
  ['🌟 Jane', 'Hello Jane, this is', 'Hello Jane.'],
  ['(Jane) Smith', 'Hello, this is', 'Hello.'],
  ['🌟', 'Hello, this is', 'Hello.'],
])('%s is greeted as a colleague would', async (realName, welcome, home) => {
  const community = await givenCommunity({ forum: false });
  const person = await community.workspace.joinPerson({ realName, displayName: '', name: 'jane' });
  await community.forward(10, 5);
  const [message] = messagesSaying(person, welcome);
  expect(person.visibleText(message)).toContain(`${welcome.split(',')[0]}, I am ChATR Companion.`);
  await person.openHome();
  expect(person.visibleText('home')).toContain(home);
  expect(community.log).toEqual([]);
});

test('a directory’s first name is used, and goes with the rest when somebody says no', async () => {
  const community = await givenCommunity({ forum: false });
  const jane = await community.workspace.joinPerson({
    realName: 'J Smith',
    displayName: 'jsmith2',
    firstName: 'Jane',
    name: 'jane',
  });
  await community.forward(10, 5);
  expect(messagesSaying(jane, 'Hello Jane, this is')).toHaveLength(1);
  await jane.openHome();
  await jane.command('/chatr my data');
  await jane.click('What exactly, and why');
  expect(jane.visibleText('modal')).toContain('Your name and first name');
  await jane.closeModal();
  await jane.click('Read the community agreement', { in: 'home' });
  await jane.click('No, thank you');
  await closeAll(jane);
  await jane.openHome();
  expect(jane.visibleText('home')).toContain('Hello.');
  // A name that changes meanwhile is not taken over.
  await community.workspace.changeProfile(jane.id, { realName: 'Janet Smith' });
  await jane.openHome();
  expect(jane.visibleText('home')).toContain('Hello.');
  await jane.click('Read the agreement', { in: 'home' });
  await jane.submit();
  await closeAll(jane);
  await jane.openHome();
  expect(jane.visibleText('home')).toContain('Hello Janet.');
  expect(community.log).toEqual([]);
});
