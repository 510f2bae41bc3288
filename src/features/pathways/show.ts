import type { KnownBlock } from '@slack/types';
import { type Actor, may } from '../../community/permissions.ts';
import type { Answer } from '../../slack/answer.ts';
import { section } from '../../slack/blocks.ts';
import { mrkdwn } from '../../slack/text.ts';
import { rememberOf, stepsOf } from './content.ts';
import type { Deps } from './deps.ts';
import { answersNow } from './hours.ts';
import type { Place } from './place.ts';
import { type Screen, screenAnswer } from './views.ts';

/** What is shown to somebody who has no account of their own here. */
const notAllowed: Answer = {
  text: 'Not open to you',
  title: 'Pathways',
  blocks: [section(mrkdwn`This is for the people of this community. In danger now: *999*.`)],
};

/** What stands in the place of words that were typed: they are in none of it. */
export type Said = Pick<Screen, 'near' | 'isIdentifying' | 'isUnknown' | 'elsewhere'>;

/** A pathway, or where somebody begins; who answers at this hour stands first. */
export async function showPathway(deps: Deps, actor: Actor, place: Place, said: Said = {}): Promise<Answer> {
  if (!may(actor, 'community.use')) return notAllowed;
  const { clock, daysOff, vocabulary } = deps;
  const content = deps.kept.now;
  const signposts = deps.signposts();
  const now = clock.now();
  const pathway = content.pathways.find(({ id }) => id === place.need);
  const age = vocabulary.age_groups.some(({ id }) => id === place.age) ? place.age : undefined;
  const asked = { borough: place.borough, age };
  const hour = { now, bankHolidays: daysOff.bankHolidays };
  const questions = content.hours.who_answers_now.filter(({ question }) =>
    (pathway?.now ?? begin).includes(question),
  );
  const inOrder = questions.toSorted(
    (a, b) => (pathway?.now ?? begin).indexOf(a.question) - (pathway?.now ?? begin).indexOf(b.question),
  );
  const steps = pathway ? stepsOf(content, signposts, pathway, { ...asked, now }) : [];
  const isFull = pathway !== undefined && place.all === 'all';
  const cards: KnownBlock[] = isFull
    ? await deps.resourceCards(steps.flatMap(({ parts }) => parts.flatMap(({ resources }) => resources)))
    : [];
  const directories = isFull
    ? await deps.resourceCards(
        content.directories
          .filter(({ borough }) => place.borough === undefined || borough === place.borough)
          .map(({ resource }) => resource),
      )
    : [];
  return screenAnswer({
    ...said,
    content,
    signposts,
    vocabulary,
    now,
    place: { ...place, ...asked, need: pathway?.id },
    pathway,
    answering: inOrder.map((one) => answersNow(one, { content, signposts, ...asked, ...hour })),
    steps,
    remember: pathway && rememberOf(content, pathway),
    isFull,
    cards,
    directories,
  });
}

/** What whoever has not said a need is most likely to need at once. */
const begin = ['child-safeguarding'];
