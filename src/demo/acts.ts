import type { MessageSummary, PersonDriver } from 'practice-workspace';

/** What people of the demo do in its earlier months and in its pilot, by pressing what they would press. */

export async function closeAll(person: PersonDriver): Promise<void> {
  while (person.modal()) await person.closeModal({ all: true });
}

/** The first message asks for it. */
export const welcome = (person: PersonDriver) =>
  newestMessage(person.dmsWithBot().slice(0, 1), `welcome to ${person.realName}`);

export async function agree(person: PersonDriver): Promise<void> {
  await person.click('Read the community agreement', { in: welcome(person) });
  await person.submit();
  await closeAll(person);
}

export async function fillInProfile(
  person: PersonDriver,
  { role, organisation }: { role: string; organisation: string },
): Promise<void> {
  await person.openHome();
  await person.click('Edit my profile', { in: 'home' });
  await person.submit({ 'Your role': role, 'Your organisation or team': organisation });
  await person.submit();
  await closeAll(person);
}

/** The steps stop coming by message; they stay in Home. */
export async function firstStepsDone(...people: readonly PersonDriver[]): Promise<void> {
  for (const person of people) {
    await person.openHome();
    await person.click('My first steps', { in: 'home' });
    await person.click('Stop these first steps');
    await closeAll(person);
  }
}

export function newestMessage(messages: readonly MessageSummary[], what: string): MessageSummary {
  const found = messages.at(-1);
  if (found) return found;
  throw new Error(`There is no ${what}.`);
}

/** Whoever came and was not greeted yet. */
export async function greetAll(facilitator: PersonDriver): Promise<void> {
  await facilitator.openHome();
  while (facilitator.visibleText('home').includes(seeWhoWaits)) {
    await facilitator.click(seeWhoWaits, { in: 'home' });
    await facilitator.click('Say hello', { nth: 0 });
    await facilitator.click('I have said hello', { nth: 0 });
    await closeAll(facilitator);
  }
}

const seeWhoWaits = 'See who waits for a hello';
