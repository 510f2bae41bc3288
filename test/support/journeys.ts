import type { PersonDriver } from 'practice-workspace';
import { type Community, givenCommunity } from './community.ts';
import { agree } from './stories.ts';

export const aDay = 24 * 60;

/** Somebody who has agreed on Tuesday 3 March at ten, London time. */
export async function givenNewcomer(name = 'robin'): Promise<{ community: Community; person: PersonDriver }> {
  const community = await givenCommunity();
  await community.forward(10, 5);
  const person = community.as(name);
  await person.openHome();
  await agree(person);
  return { community, person };
}

export type Offer = { title: string; at: Date };

/** Every step that was sent to somebody, whatever has become of its message since. */
export function offersTo({ workspace }: Community, person: PersonDriver): Offer[] {
  const dm = workspace.appDirectId(person.id);
  return workspace.calls.flatMap(({ method, args, answer }) => {
    const [, title] = /^A first step: (.*)$/.exec(String(args.text)) ?? [];
    if (method !== 'chat.postMessage' || args.channel !== dm || title === undefined) return [];
    return [{ title, at: new Date(Number(answer?.ts) * 1000) }];
  });
}

export const titles = (offers: readonly Offer[]): string[] => offers.map(({ title }) => title);

/** The newest message that says so, as it stands. */
export function messageAbout(person: PersonDriver, words: string) {
  const found = person.dmsWithBot().findLast((one) => person.visibleText(one).includes(words));
  if (!found) throw new Error(`No message about "${words}". ${person.describe()}`);
  return found;
}
