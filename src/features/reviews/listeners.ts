import type { Actor } from '../../community/permissions.ts';
import { lookThrough } from '../../safeguarding/look-through.ts';
import { problemWithHarm } from '../../safeguarding/signposts.ts';
import { localDate } from '../../scheduler/calendar.ts';
import type { Answer } from '../../slack/answer.ts';
import { packedId } from '../../slack/packed.ts';
import type { Routes } from '../../slack/routes.ts';
import type { Mrkdwn } from '../../slack/text.ts';
import { problemWithAges } from './ages.ts';
import type { ReviewDeps } from './deps.ts';
import { ids } from './ids.ts';
import { enterVerdict, findPack, makePack, mayReview, removePack, sayReviewed } from './review.ts';
import { listPacks } from './store.ts';
import {
  dayAhead,
  finishForm,
  finishView,
  forCurators,
  gone,
  listAnswer,
  longest,
  made,
  makeForm,
  makeProblem,
  makeView,
  packAnswer,
  packedItem,
  packGone,
  removed,
  reviewed,
  verdictForm,
  verdictSaved,
  verdictView,
} from './views.ts';

export async function showReviews(deps: ReviewDeps, actor: Actor, receipt?: Mrkdwn): Promise<Answer> {
  if (!mayReview(actor)) return forCurators;
  return listAnswer(await listPacks(deps.db, deps.vault), deps.timeZone, receipt);
}

export function listenToReviews(to: Routes, deps: ReviewDeps): void {
  const { clock, timeZone, ourWords } = deps;
  // Harm first: whoever is told to leave out an age has read nothing of whom to turn to.
  const problemOf = (text: string) => problemWithHarm(deps.signposts, text) ?? problemWithAges(text);
  const today = () => localDate(clock.now(), timeZone);

  to.onClick(ids.list, async ({ actor, answer }) => answer(await showReviews(deps, actor)));
  to.onClick(ids.make, async ({ actor, open, answer }) =>
    mayReview(actor) ? open(makeView(ourWords)) : answer(forCurators),
  );
  to.onSend(makeForm, async ({ actor, carried: { doubt }, values, refuse, show, answer }) => {
    const { title, term, prompt, part, template } = values;
    const told = problemWithHarm(deps.signposts, title);
    if (told !== undefined) return refuse({ title: told });
    const looked = lookThrough(deps, doubt, { title }, { title: 75 }, { isCloser: true });
    if (looked.kind === 'doubtful') return void (await show(makeView(ourWords, looked.findings)));
    const items = [...term, ...prompt, ...part, ...template];
    const outcome = await makePack(deps, actor, { title: looked.texts.title, items });
    if (outcome.kind !== 'made') return refuse({ term: makeProblem(outcome) });
    return answer(packAnswer(outcome.pack, made));
  });

  to.onClick(ids.open, packedId, async ({ actor, carried: id, answer }) => {
    const pack = await findPack(deps, actor, id);
    await answer(pack ? packAnswer(pack) : packGone);
  });
  to.onClick(ids.enter, packedItem, async ({ actor, carried: { packId, item }, replace, answer }) => {
    const found = (await findPack(deps, actor, packId))?.items.find((one) => one.item === item);
    if (!found) return answer(packGone);
    await replace(verdictView(packId, found, ourWords.find(item)?.text));
  });
  to.onSend(
    verdictForm,
    async ({ actor, carried: { packId, item, doubt }, values, refuse, show, answer }) => {
      const { words, answer: answered, verdict, became } = values;
      const texts = { words, answer: answered };
      const [ofWords, ofAnswer] = [problemOf(words), problemOf(answered)];
      if (ofWords !== undefined || ofAnswer !== undefined)
        return refuse({
          ...(ofWords !== undefined && { words: ofWords }),
          ...(ofAnswer !== undefined && { answer: ofAnswer }),
        });
      // Whatever a client says: here nothing is kept as it is.
      const looked = lookThrough(deps, doubt === 'kept' ? 'none' : doubt, texts, longest, { isCloser: true });
      const found = (await findPack(deps, actor, packId))?.items.find((one) => one.item === item);
      if (!found) return void (await show(gone()));
      if (looked.kind === 'doubtful')
        return void (await show(verdictView(packId, found, ourWords.find(item)?.text, looked.findings)));
      // What is fine needs no answer.
      const settled = { ...looked.texts, verdict, became: verdict === 'fine' ? undefined : became };
      const pack = await enterVerdict(deps, actor, packId, { item, ...settled });
      await answer(pack ? packAnswer(pack, verdictSaved(found)) : packGone);
    },
  );

  to.onClick(ids.finish, packedId, async ({ actor, carried: id, replace, answer }) => {
    const pack = await findPack(deps, actor, id);
    if (!pack) return answer(packGone);
    await replace(finishView(pack, today()));
  });
  to.onSend(finishForm, async ({ actor, carried: id, values: { on }, refuse, answer }) => {
    if (on > today()) return refuse({ on: dayAhead });
    const pack = await sayReviewed(deps, actor, { id, on });
    await answer(pack ? packAnswer(pack, reviewed) : packGone);
  });
  to.onClick(ids.remove, packedId, async ({ actor, carried: id, answer }) => {
    await removePack(deps, actor, id);
    await answer(await showReviews(deps, actor, removed));
  });
}
