import { later } from '../../../lib/clock.ts';
import { newId } from '../../../lib/random.ts';
import { lookThrough } from '../../../safeguarding/look-through.ts';
import { asModal } from '../../../slack/answer.ts';
import type { Routes } from '../../../slack/routes.ts';
import { mayLook, type PeopleDeps } from '../deps.ts';
import { ids } from '../ids.ts';
import type { PeopleSearch } from '../listing/directory.ts';
import { agreeFirst } from '../listing/views.ts';
import { sayNo, sayYes, seeQuestion, stopAsking } from './answer.ts';
import { ask, takeBack } from './ask.ts';
import { openMs } from './choose.ts';
import { lookAtForum, postInForum } from './forum.ts';
import { askOrWait, keepBegun } from './show.ts';
import { findQuestion, longestQuestion } from './store.ts';
import {
  answeredAnswer,
  askAnswer,
  askForm,
  askView,
  forumView,
  forumWindow,
  postAnswer,
  postingNow,
  previewView,
  previewWindow,
  questionAnswer,
  takenBackAnswer,
} from './views.ts';

/** "Who can help?": a question, its preview, those it is put to, and what becomes of it. */
export function listenToAsking(to: Routes, deps: PeopleDeps, search: PeopleSearch): void {
  const { db, vault, clock, timeZone, teamId } = deps;
  const hasForum = deps.forumChannel !== undefined;

  // In the place of the window it is opened from: of a form on top of another Slack does not tell what stood in it when
  // both are closed.
  to.onClick(ids.ask, async ({ actor, value, answer, replace }) => {
    if (!(await mayLook(deps, actor))) return answer(agreeFirst);
    const next = await askOrWait(deps, actor, value);
    await (next.kind === 'wait' ? answer(next.answer) : replace(next.view));
  });
  to.onClick(ids.keepQuestion, async ({ window, replace }) => {
    if (!window) return;
    const given = askForm.carries?.open(window.metadata)?.given;
    await replace(askView(window.read(askForm).partly, deps, { isKept: true, given }));
  });
  to.onSend(askForm, async ({ actor, carried, values, show, answer }) => {
    if (!(await mayLook(deps, actor))) return answer(agreeFirst);
    const looked = lookThrough(
      deps,
      carried.doubt,
      { words: values.words },
      { words: longestQuestion },
      { isForOthers: true, isCloser: true },
    );
    if (looked.kind === 'doubtful')
      return void (await show(askView(values, deps, { findings: looked.findings, given: carried.given })));
    const topics = values.topics.filter((id) => deps.vocabulary.topics.some((one) => one.id === id));
    await show(
      previewView(
        actor.person,
        { words: looked.texts.words, topics, occasion: newId(clock) },
        { endsAt: later(clock.now(), openMs), zone: timeZone, signposts: deps.signposts },
      ),
    );
  });
  to.onClick(ids.changeQuestion, async ({ window, replace }) => {
    const carried = window && previewWindow.carries.open(window.metadata);
    if (carried) await replace(askView(carried, deps));
  });
  to.onClose(askForm, async ({ actor, carried, window }) => {
    if (window.inputs().length === 0) return;
    const { words = '', topics = [] } = window.read(askForm).partly;
    await keepBegun(deps, actor, { words, topics }, carried.given);
  });
  to.onClose(previewWindow, ({ actor, carried }) => keepBegun(deps, actor, carried));
  to.onSend(previewWindow, async ({ actor, carried, answer }) =>
    answer(askAnswer(await ask(deps, search, actor, carried), { hasForum, zone: timeZone })),
  );
  to.onClick(ids.takeBack, async ({ actor, value, answer }) =>
    answer(takenBackAnswer(await takeBack(deps, actor, value))),
  );

  to.onClick(ids.yes, async ({ actor, value, instead }) =>
    instead(answeredAnswer(await sayYes(deps, actor, value), teamId)),
  );
  to.onClick(ids.no, async ({ actor, value, instead }) =>
    instead(answeredAnswer(await sayNo(deps, actor, value), teamId)),
  );
  to.onClick(ids.stop, async ({ actor, instead }) =>
    instead(answeredAnswer(await stopAsking(deps, actor), teamId)),
  );

  to.onClick(ids.seeQuestion, async ({ actor, value, open }) => {
    const { question, asker } = await seeQuestion(deps, actor, value);
    const isOwn = asker?.id === actor.person.id;
    await open(asModal(questionAnswer(question, { asker: asker?.slackId, isOwn, zone: timeZone })));
  });

  to.onClick(ids.forumPreview, async ({ actor, value, answer, open }) => {
    const looked = await lookAtForum(deps, actor, value);
    if (looked.kind !== 'ready') {
      const words = looked.kind === 'gone' ? undefined : (await findQuestion(db, vault, value))?.words;
      return answer(postAnswer(looked, words));
    }
    const { id, words } = looked.question;
    await open(
      forumView(
        actor.person,
        { id, words, occasion: newId(clock) },
        { ...looked, signposts: deps.signposts },
      ),
    );
  });
  to.onSend(forumWindow, async ({ actor, carried, show, answer }) => {
    await show(postingNow());
    const outcome = await postInForum(deps, actor, carried);
    const words = outcome.kind === 'gone' ? undefined : (await findQuestion(db, vault, carried.id))?.words;
    await answer(postAnswer(outcome, words));
  });
}
